/** Names for commands: UUIDv7 (RFC 9562 §5.7), so that they sort by time. */

/** The place for a counter within one millisecond: 12 bits (RFC 9562 §6.2, method 1). */
const MOST_COUNTED = 0xfff;

/** A fresh id of 36 characters. The ids of one page sort in the order of their making, also where the clock goes back. */
export const newId = idsBy(
  () => Date.now(),
  (bytes) => crypto.getRandomValues(bytes),
);

/** Ids by a clock (Unix ms) and a source of random bytes, which fills what it is given. */
export function idsBy(now: () => number, fill: (bytes: Uint8Array<ArrayBuffer>) => void): () => string {
  let last_ms = 0;
  let counter = 0;
  return () => {
    const bytes = new Uint8Array(10);
    fill(bytes);
    const view = new DataView(bytes.buffer);
    if (now() > last_ms) {
      last_ms = now();
      // The upper half stays free, so that the counter has room to grow.
      counter = view.getUint16(0) & (MOST_COUNTED >> 1);
    } else if (++counter > MOST_COUNTED) {
      last_ms += 1;
      counter = 0;
    }
    view.setUint16(0, 0x7000 | counter);
    view.setUint8(2, 0x80 | (view.getUint8(2) & 0x3f));
    return written(last_ms.toString(16).padStart(12, "0") + hex(bytes));
  };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function written(digits: string): string {
  return [0, 8, 12, 16, 20].map((from, n, starts) => digits.slice(from, starts[n + 1])).join("-");
}
