import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { confirm, send, takeBack } from "./sending.ts";
import { type Sending, Way } from "./way.ts";

interface Sender {
  readonly state: Sending;
  readonly begin: (make: () => Promise<Blob>) => void;
  /** Try now what is waited for. */
  readonly now: () => void;
}

/** Sends a picture and confirms it, again and again while the line is down; `done` is told its id. */
export function useSending(room: string, done: (image: string) => void): Sender {
  const [state, setState] = useState<Sending>({ is: "still" });
  const latest = useRef(done);
  latest.current = done;
  const way = useMemo(() => new Way(lineTo(room), setState, (image) => latest.current(image)), [room]);
  useEffect(() => () => way.stop(), [way]);
  const now = () => void way.now();
  useEffect(() => {
    if (state.is !== "waiting") return;
    const timer = setTimeout(now, state.seconds * 1_000);
    addEventListener("online", now);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", now);
    };
  }, [state.is === "waiting" ? state : state.is]);
  const begin = (make: () => Promise<Blob>) => void way.begin(make);
  return { state, begin, now };
}

function lineTo(room: string) {
  return {
    send: (file: Blob, told: (part: number) => void, signal: AbortSignal) => send(room, file, told, signal),
    confirm: (image: string) => confirm(room, image),
    takeBack: (image: string) => takeBack(room, image),
  };
}
