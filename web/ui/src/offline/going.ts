/** Going where a notification leads, in the page that is open: what is being written there is not lost. */
const CASE = /^\/case\/[\w-]+$/;

/** Calls `go` with the path whenever the service worker says so; returns how to end it. */
export function heedTaps(go: (path: string) => void): () => void {
  const worker = navigator.serviceWorker;
  if (!worker) return () => undefined;
  const heed = ({ data }: MessageEvent) => {
    const path: unknown = data?.go;
    if (typeof path === "string" && (path === "/" || CASE.test(path))) go(path);
  };
  worker.addEventListener("message", heed);
  return () => worker.removeEventListener("message", heed);
}
