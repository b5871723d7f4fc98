import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../http/problem.ts";
import { confirm, send } from "./sending.ts";

const FIRST_S = 2;
const LONGEST_S = 30;

/** How a picture fares on its way. `part`: how much of it has left, 0 to 1. */
export type Sending =
  | { readonly is: "still" }
  | { readonly is: "leaving"; readonly part: number }
  | { readonly is: "waiting"; readonly seconds: number }
  | { readonly is: "refused"; readonly why: string };

interface Sender {
  readonly state: Sending;
  readonly begin: (make: () => Promise<Blob>) => void;
  /** Try now what is waited for. */
  readonly now: () => void;
}

/** Sends a picture and confirms it, again and again while the line is down; `done` is told its id. */
export function useSending(room: string, done: (image: string) => void): Sender {
  const [state, setState] = useState<Sending>({ is: "still" });
  const made = useRef<Promise<Blob> | null>(null);
  const brought = useRef<string | null>(null);
  const waits = useRef(FIRST_S);
  const end = useRef(new AbortController());
  useEffect(() => () => end.current.abort(), []);

  const attempt = async () => {
    const { signal } = end.current;
    try {
      const file = await made.current;
      if (file === null) return;
      setState({ is: "leaving", part: 0 });
      const told = (part: number) => signal.aborted || setState({ is: "leaving", part });
      brought.current ??= (await send(room, file, told, signal)).id;
      await confirm(room, brought.current);
      if (!signal.aborted) done(brought.current);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status < 500 && error.status !== 408) {
        setState({ is: "refused", why: error.detail });
        return;
      }
      setState({ is: "waiting", seconds: waits.current });
      waits.current = Math.min(LONGEST_S, 2 * waits.current);
    }
  };
  const now = () => void attempt();
  useEffect(() => {
    if (state.is !== "waiting") return;
    const timer = setTimeout(now, state.seconds * 1_000);
    addEventListener("online", now);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", now);
    };
  }, [state.is === "waiting" ? state : state.is]);
  const begin = (make: () => Promise<Blob>) => {
    made.current = make();
    now();
  };
  return { state, begin, now };
}
