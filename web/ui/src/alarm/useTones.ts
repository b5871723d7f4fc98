import { useEffect, useState } from "preact/hooks";
import { loudness } from "./loudness.ts";
import { type Call, Tones } from "./tones.ts";

export type Sound = "heard" | "blocked" | "off";

const TOUCHES = ["click", "keydown"] as const;

/** Sounds `call` for as long as there is one; whether it is heard. Where a browser wants a touch first, any will do. */
export function useTones(call: Call | undefined): Sound {
  const [tones, setTones] = useState<Tones>();
  const [, look] = useState(0);
  const { on, volume } = loudness.value;
  useEffect(() => {
    let made: Tones | undefined;
    const wake = () => {
      made ??= new Tones(() => look((looks) => looks + 1));
      made.wake();
      setTones(made);
    };
    for (const touch of TOUCHES) addEventListener(touch, wake);
    if (navigator.userActivation?.hasBeenActive ?? true) wake();
    return () => {
      for (const touch of TOUCHES) removeEventListener(touch, wake);
      made?.close();
    };
  }, []);
  useEffect(() => {
    if (call && on) tones?.play(call, volume);
    else tones?.stop();
  }, [tones, call, on, volume]);
  if (!on) return "off";
  return tones?.audible ? "heard" : "blocked";
}
