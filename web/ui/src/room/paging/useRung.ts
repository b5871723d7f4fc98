import { useEffect, useState } from "preact/hooks";
import type { Api } from "../../http/api.ts";
import { pagesOf, type RungPage } from "../../paging/rung.ts";

const EVERY_MS = 4_000;

/**
 * What the server knows of a case's pages, read anew whenever `mark` is another, and every few seconds while it rings
 * and the page is seen: that somebody has it on a device, or has looked, is no event. Until it is read, nothing.
 */
export function useRung(api: Pick<Api, "get">, room: string, mark: string, ringing: boolean): readonly RungPage[] {
  const [told, setTold] = useState<readonly RungPage[]>([]);
  useEffect(() => {
    let over = false;
    const read = () =>
      pagesOf(api, room).then(
        (pages) => over || setTold(pages),
        () => undefined,
      );
    void read();
    const again = () => document.visibilityState === "visible" && void read();
    const timer = ringing ? setInterval(again, EVERY_MS) : undefined;
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [api, room, mark, ringing]);
  return told;
}
