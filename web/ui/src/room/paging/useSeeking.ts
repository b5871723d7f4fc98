import { useRef, useState } from "preact/hooks";
import { announce } from "../../design/announce.ts";
import { nameOf } from "../../design/Person.tsx";
import { Problem } from "../../http/problem.ts";
import type { Client } from "../../live/client.ts";
import type { By } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import "../../words/more/paging.ts";

export interface Seeking {
  readonly handle: string;
  /** Who has it, where they can be rung now. */
  readonly found: By | undefined;
  readonly wrong: string | undefined;
  write(handle: string): void;
  seek(): Promise<void>;
}

/** Somebody who is looked for by their handle. What is written anew is somebody else, until that one is found. */
export function useSeeking(client: Pick<Client, "ringable">, room: string): Seeking {
  const [handle, setHandle] = useState("");
  const [found, setFound] = useState<By>();
  const [wrong, setWrong] = useState<string>();
  const turn = useRef(0);
  const write = (written: string) => {
    turn.current += 1;
    setHandle(written);
    setFound(undefined);
    setWrong(undefined);
  };
  const seek = async () => {
    turn.current += 1;
    const mine = turn.current;
    const [by, says] = await soughtIn(client, room, handle.trim());
    if (mine !== turn.current) return;
    setFound(by);
    setWrong(says);
    if (by) announce(t("paging.seek_found", { who: nameOf(by) }));
  };
  return { handle, found, wrong, write, seek };
}

/** Who it is, or what is wrong. */
async function soughtIn(
  client: Pick<Client, "ringable">,
  room: string,
  handle: string,
): Promise<readonly [By | undefined, string | undefined]> {
  if (handle === "") return [undefined, t("paging.seek_empty")];
  try {
    return [await client.ringable(room, handle), undefined];
  } catch (error) {
    return [undefined, error instanceof Problem ? error.detail : t("paging.seek_failed")];
  }
}
