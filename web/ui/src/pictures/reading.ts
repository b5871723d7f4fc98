/** A file as pixels on this device, and as the file that leaves it: drawn anew, so that only its pixels do. */
import { addressesOf, api } from "./address.ts";
import { type Box, pixelsOf } from "./boxes.ts";
import { send } from "./sending.ts";

const LONGEST_PX = 4_096;
const MAGIC_AT = 128;
const MOST_BYTES = 31 * 1_048_576;
const JPEG = { type: "image/jpeg", quality: 0.93 };
const PNG = { type: "image/png", quality: 1 };

/** A picture to look at. `lossy`: it came as JPEG, and leaves as one. */
export interface Reading {
  readonly canvas: HTMLCanvasElement;
  readonly lossy: boolean;
}

/** Rejects where the file is no picture that is read here. A browser reads no DICOM: the server does that. */
export async function read(room: string, file: File): Promise<Reading> {
  if (await isDicom(file)) return { canvas: drawn(await developed(room, file)), lossy: false };
  return { canvas: drawn(await createImageBitmap(file, { imageOrientation: "from-image" })), lossy: isLossy(file) };
}

/** What leaves this device: the pixels, those under the boxes black. */
export async function blackened({ canvas, lossy }: Reading, boxes: readonly Box[]): Promise<Blob> {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const paper = contextOf(copy);
  paper.drawImage(canvas, 0, 0);
  paper.fillStyle = "#000000";
  for (const box of boxes) paper.fillRect(...pixelsOf(box, copy.width, copy.height));
  const whole = await blobOf(copy, lossy ? JPEG : PNG);
  return whole.size > MOST_BYTES ? blobOf(copy, JPEG) : whole;
}

async function isDicom(file: File): Promise<boolean> {
  return (await file.slice(MAGIC_AT, MAGIC_AT + 4).text()) === "DICM";
}

function isLossy(file: File): boolean {
  return file.type !== "image/png";
}

/** The server's reading of a DICOM file, which it keeps only until it is here. */
async function developed(room: string, file: File): Promise<ImageBitmap> {
  const { id } = await send(room, file, () => undefined);
  const { full } = await addressesOf(room, id);
  const picture = await fetch(full);
  const bitmap = await createImageBitmap(await picture.blob());
  api.delete(`/api/cases/${room}/images/${id}`).catch(() => undefined);
  return bitmap;
}

function drawn(bitmap: ImageBitmap): HTMLCanvasElement {
  const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const paper = contextOf(canvas);
  // What is transparent is white, as the server has it.
  paper.fillStyle = "#ffffff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser draws nothing");
  return context;
}

function blobOf(canvas: HTMLCanvasElement, { type, quality }: { type: string; quality: number }): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("this browser makes no picture"))), type, quality);
  });
}
