/** Writing MessagePack (msgpack/spec.md of 2017), as far as frames have it: what JSON can say. */

const utf8 = new TextEncoder();

/** The message that says `value`, each part in its shortest form; fields that are undefined are left out. */
export function packed(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  write(value, bytes);
  return Uint8Array.from(bytes);
}

function write(value: unknown, to: number[]): void {
  if (value === null || value === undefined) to.push(0xc0);
  else if (typeof value === "boolean") to.push(value ? 0xc3 : 0xc2);
  else if (typeof value === "number") number(value, to);
  else if (typeof value === "string") text(value, to);
  else if (Array.isArray(value)) list(value, to);
  else map(value, to);
}

function number(value: number, to: number[]): void {
  if (!Number.isSafeInteger(value)) float(value, to);
  else if (value >= 0) whole(value, to);
  else negative(value, to);
}

function float(value: number, to: number[]): void {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  to.push(0xcb, ...new Uint8Array(view.buffer));
}

function whole(value: number, to: number[]): void {
  if (value < 0x80) to.push(value);
  else sized(value, to, 0xcc, 0);
}

/** In two's complement. */
function negative(value: number, to: number[]): void {
  if (value >= -0x20) return void to.push(value + 0x100);
  const power = [7, 15, 31, 63].findIndex((bits) => value >= -(2 ** bits));
  to.push(0xd0 + power);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, BigInt(value));
  to.push(...new Uint8Array(view.buffer).slice(-(2 ** power)));
}

function text(value: string, to: number[]): void {
  const bytes = utf8.encode(value);
  if (bytes.length < 0x20) to.push(0xa0 + bytes.length);
  else sized(bytes.length, to, 0xd9, 0);
  for (const byte of bytes) to.push(byte);
}

function list(values: readonly unknown[], to: number[]): void {
  if (values.length < 0x10) to.push(0x90 + values.length);
  else sized(values.length, to, 0xdb, 1);
  for (const value of values) write(value, to);
}

function map(values: object, to: number[]): void {
  const fields = Object.entries(values).filter(([, value]) => value !== undefined);
  if (fields.length < 0x10) to.push(0x80 + fields.length);
  else sized(fields.length, to, 0xdd, 1);
  for (const [name, value] of fields) {
    text(name, to);
    write(value, to);
  }
}

/** `value` in 2 to the power of 0, 1, 2 or 3 bytes behind `head`, which goes up with the power; at least `power`. */
function sized(value: number, to: number[], head: number, power: number): void {
  let fits = power;
  while (value >= 256 ** (2 ** fits)) fits += 1;
  to.push(head + fits);
  for (let place = 2 ** fits - 1; place >= 0; place -= 1) to.push(Math.floor(value / 256 ** place) % 256);
}
