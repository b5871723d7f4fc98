/** Reading MessagePack (msgpack/spec.md of 2017), as far as frames have it: neither binary data nor extensions. */

/** ASCII up to here is put together faster than a decoder is asked. */
const SHORT = 24;
/** A byte order mark at the beginning is text as well. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The value that `message` is. Throws for what is not one value, whole and alone. */
export function unpacked(message: ArrayBuffer): unknown {
  const reading = new Reading(message);
  const value = reading.value();
  if (!reading.over) throw new RangeError("There is something behind the value.");
  return value;
}

class Reading {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(message: ArrayBuffer) {
    this.#bytes = new Uint8Array(message);
    this.#view = new DataView(message);
  }

  get over(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(): unknown {
    const head = this.#number(1);
    if (head < 0x80) return head;
    if (head < 0x90) return this.#map(head & 15);
    if (head < 0xa0) return this.#list(head & 15);
    if (head < 0xc0) return this.#text(head & 31);
    return head < 0xe0 ? this.#marked(head) : head - 256;
  }

  #marked(head: number): unknown {
    if (head === 0xc0) return null;
    if (head === 0xc2 || head === 0xc3) return head === 0xc3;
    if (head === 0xca) return this.#view.getFloat32(this.#passed(4));
    if (head === 0xcb) return this.#view.getFloat64(this.#passed(8));
    if (head >= 0xcc && head <= 0xcf) return this.#number(2 ** (head - 0xcc));
    if (head >= 0xd0 && head <= 0xd3) return this.#signed(2 ** (head - 0xd0));
    if (head >= 0xd9 && head <= 0xdb) return this.#text(this.#number(2 ** (head - 0xd9)));
    if (head === 0xdc || head === 0xdd) return this.#list(this.#number(2 ** (head - 0xdb)));
    if (head === 0xde || head === 0xdf) return this.#map(this.#number(2 ** (head - 0xdd)));
    throw new RangeError("Frames have no such value.");
  }

  /** Unsigned, of so many bytes. */
  #number(size: number): number {
    let number = 0;
    for (let at = this.#passed(size); at < this.#at; at += 1) number = number * 256 + this.#view.getUint8(at);
    return number;
  }

  /** In two's complement. Of eight bytes as near as a number comes. */
  #signed(size: number): number {
    if (size === 8) return Number(this.#view.getBigInt64(this.#passed(8)));
    const number = this.#number(size);
    const end = 256 ** size;
    return number < end / 2 ? number : number - end;
  }

  #text(size: number): string {
    const begin = this.#passed(size);
    return (size <= SHORT && this.#ascii(begin)) || utf8.decode(this.#bytes.subarray(begin, this.#at));
  }

  /** From `begin` on; empty where there is something else than ASCII. */
  #ascii(begin: number): string {
    let text = "";
    for (let at = begin; at < this.#at; at += 1) {
      const unit = this.#view.getUint8(at);
      if (unit > 0x7f) return "";
      text += String.fromCharCode(unit);
    }
    return text;
  }

  #list(length: number): unknown[] {
    const list: unknown[] = [];
    while (list.length < length) list.push(this.value());
    return list;
  }

  #map(length: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let n = 0; n < length; n += 1) {
      const key = this.value();
      // It would be taken for what the map inherits from.
      if (key === "__proto__" || (typeof key !== "string" && typeof key !== "number"))
        throw new RangeError("Frames have no such key.");
      map[key] = this.value();
    }
    return map;
  }

  /** Pass so many bytes; returns where they begin. */
  #passed(size: number): number {
    const begin = this.#at;
    this.#at += size;
    if (this.#at > this.#bytes.length) throw new RangeError("The message ends too early.");
    return begin;
  }
}
