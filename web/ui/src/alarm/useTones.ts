import { useEffect, useState } from "preact/hooks";
import { loudness } from "./loudness.ts";
import { type Call, Tones } from "./tones.ts";

export type Sound = "heard" | "blocked" | "off";

const TOUCHES = ["pointerup", "keydown"] as const;

/** Sounds `call` for as long as there is one; whether it is heard. Any touch of the page lets it be. */
export function useTones(call: Call | undefined): Sound {
  const [tones, setTones] = useState<Tones>();
  const [, look] = useState(0);
  const { on, volume } = loudness.value;
  useEffect(() => {
    const made = new Tones();
    const wake = () => made.wake();
    const unheed = made.listen(() => look((looks) => looks + 1));
    for (const touch of TOUCHES) addEventListener(touch, wake);
    made.wake();
    setTones(made);
    return () => {
      for (const touch of TOUCHES) removeEventListener(touch, wake);
      unheed();
      made.close();
    };
  }, []);
  useEffect(() => {
    if (call && on) tones?.play(call, volume);
    else tones?.stop();
  }, [tones, call, on, volume]);
  if (!on) return "off";
  return tones && !tones.audible ? "blocked" : "heard";
}
