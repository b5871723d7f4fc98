import { useEffect, useState } from "preact/hooks";
import type { Api } from "../../http/api.ts";
import { pagesOf, type RungPage } from "../../paging/rung.ts";

const EVERY_MS = 10_000;

/**
 * What the server knows of a case's pages, read anew whenever `mark` is another, and where one `waits` every ten seconds
 * while the page is seen: that somebody has it on a device, or has looked, is no event. Until it is read, nothing. Each
 * read leaves a line in the audit, so that only those who wait for help read again and again.
 */
export function useRung(api: Pick<Api, "get">, room: string, mark: string, waits: boolean): readonly RungPage[] {
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
    const timer = waits ? setInterval(again, EVERY_MS) : undefined;
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [api, room, mark, waits]);
  return told;
}
