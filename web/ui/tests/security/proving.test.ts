import { expect, test } from "vitest";
import { Problem } from "../../src/http/problem.ts";
import { asking, proven } from "../../src/security/proving.ts";

const wanted = () => new Problem(403, "proof_needed", "Prove again who you are.");

test("an act that nobody asks about is done once", async () => {
  let done = 0;
  expect(await proven(async () => ++done)).toBe(1);
  expect(asking.value).toBeNull();
});

test("an act that wants a proof is done again after it", async () => {
  let tries = 0;
  const act = proven(async () => {
    tries += 1;
    if (tries === 1) throw wanted();
    return "done";
  });
  await Promise.resolve();
  asking.value?.(true);
  expect(await act).toBe("done");
  expect([tries, asking.value]).toEqual([2, null]);
});

test("who turns back is told why nothing was done", async () => {
  const act = proven(async () => {
    throw wanted();
  });
  await Promise.resolve();
  asking.value?.(false);
  await expect(act).rejects.toThrow("Prove again who you are.");
  expect(asking.value).toBeNull();
});

test("what is refused for another reason is not asked about", async () => {
  const refused = new Problem(403, "forbidden", "Not yours.");
  await expect(proven(() => Promise.reject(refused))).rejects.toBe(refused);
  expect(asking.value).toBeNull();
});

test("two acts that want a proof are asked for one, and both are done again after it", async () => {
  const tries = [0, 0];
  const acts = tries.map((_, n) =>
    proven(async () => {
      tries[n] = (tries[n] ?? 0) + 1;
      if (tries[n] === 1) throw wanted();
      return n;
    }),
  );
  await Promise.resolve();
  asking.value?.(true);
  expect(await Promise.all(acts)).toEqual([0, 1]);
  expect([tries, asking.value]).toEqual([[2, 2], null]);
});

test("a proof is asked for again the next time", async () => {
  for (const proved of [false, true]) {
    let tries = 0;
    const act = proven(async () => {
      tries += 1;
      if (tries === 1) throw wanted();
      return "done";
    });
    await Promise.resolve();
    asking.value?.(proved);
    await (proved ? expect(act).resolves.toBe("done") : expect(act).rejects.toThrow());
  }
});
