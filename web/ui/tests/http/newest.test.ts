import { expect, test } from "vitest";
import { Newest } from "../../src/http/newest.ts";

interface Asked {
  readonly answer: (text: string) => void;
  readonly done: Promise<void>;
}

function asked(newest: Newest<string>, shown: string[]): Asked {
  let answer: (text: string) => void = () => {};
  const coming = new Promise<string>((resolve) => {
    answer = resolve;
  });
  return {
    answer,
    done: newest.ask(
      () => coming,
      (text) => shown.push(text),
    ),
  };
}

test("an answer that was overtaken is not shown", async () => {
  const newest = new Newest<string>();
  const shown: string[] = [];
  const [first, second] = [asked(newest, shown), asked(newest, shown)];
  second.answer("two documents");
  await second.done;
  first.answer("one document");
  await first.done;
  expect(shown).toEqual(["two documents"]);
});

test("answers that come in turn are all shown", async () => {
  const newest = new Newest<string>();
  const shown: string[] = [];
  const [first, second] = [asked(newest, shown), asked(newest, shown)];
  first.answer("one document");
  await first.done;
  second.answer("two documents");
  await second.done;
  expect(shown).toEqual(["one document", "two documents"]);
});

test("a question that fails keeps no later one from being answered", async () => {
  const newest = new Newest<string>();
  const shown: string[] = [];
  await expect(
    newest.ask(
      () => Promise.reject(new Error("no line")),
      () => {},
    ),
  ).rejects.toThrow("no line");
  const again = asked(newest, shown);
  again.answer("one document");
  await again.done;
  expect(shown).toEqual(["one document"]);
});
