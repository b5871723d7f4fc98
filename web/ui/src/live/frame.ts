import type { Schedule } from "../room/store/batched.ts";

/** A page that is not looked at has no frames, but a title that counts what is new. */
const UNSEEN_MS = 1_000;

/** Acts before the next frame is painted; where none is, within a second. */
export const nextFrame: Schedule = (run) => {
  const act = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    run();
  };
  const frame = requestAnimationFrame(act);
  const timer = setTimeout(act, UNSEEN_MS);
};
