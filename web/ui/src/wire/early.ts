/**
 * A script of its own, so small that it is here long before the page's: it opens the connection at once where somebody
 * is signed in, and keeps what comes until the link takes it over. On a slow line that saves two round trips.
 */

/** The connection that was opened early. */
export interface Early {
  take(): WebSocket;
}
/** Null once the link has a connection, be it this one or, where the page's own script was faster, another. */
export type WithEarly = typeof globalThis & { curbsideEarly?: Early | null };

// The same words as in cookies.py, codec.ts and way.ts: whatever is imported here would make this script wait for another one.
const page = globalThis as WithEarly;
if (page.curbsideEarly === undefined && document.cookie.includes("curbside_signed_in=1") && !streams())
  page.curbsideEarly = opened();

/** Whether the link takes another way here. */
function streams(): boolean {
  try {
    return Number(sessionStorage.getItem("curbside_streams_until")) > Date.now();
  } catch {
    return false;
  }
}

function opened(): Early {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws`, ["curbside.v1.msgpack"]);
  socket.binaryType = "arraybuffer";
  const kept: Event[] = [];
  const keep = (event: Event) => kept.push(event);
  const told = ["message", "close"];
  for (const name of told) socket.addEventListener(name, keep);
  const take = () => {
    for (const name of told) socket.removeEventListener(name, keep);
    // Once whoever takes it has begun to listen.
    queueMicrotask(() => {
      for (const event of kept) socket.dispatchEvent(event);
    });
    return socket;
  };
  return { take };
}
