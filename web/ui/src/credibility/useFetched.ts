import { useEffect, useState } from "preact/hooks";

/** What `fetch` brings, asked for anew when `of` changes or one tries again. */
export function useFetched<T>(fetch: (signal: AbortSignal) => Promise<T>, of: unknown) {
  const [found, setFound] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const giveUp = new AbortController();
    setFailed(false);
    fetch(giveUp.signal).then(setFound, () => giveUp.signal.aborted || setFailed(true));
    return () => giveUp.abort();
  }, [of, tries]);
  return { found, failed, again: () => setTries(tries + 1) };
}
