/** A picture on its way to the server. By XMLHttpRequest: `fetch` does not say how much has left. */
import { Offline, problem } from "../http/problem.ts";
import { api } from "./address.ts";

/** What the server made of a picture. */
export interface Brought {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Send it; `progress` is told which part has left, 0 to 1. Rejects with `Problem` or `Offline`. */
export function send(
  room: string,
  file: Blob,
  progress: (part: number) => void,
  signal?: AbortSignal,
): Promise<Brought> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/cases/${room}/images`);
    request.responseType = "text";
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => void answered(request).then(resolve, reject);
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(new Offline());
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** Say that one has looked at it, and that nothing on it identifies the patient. */
export function confirm(room: string, image: string): Promise<Brought> {
  return api.post<Brought>(`/api/cases/${room}/images/${image}/check`, {});
}

/** It is not wanted any more. What cannot be taken back now is removed after a day. */
export function takeBack(room: string, image: string): void {
  api.delete(`/api/cases/${room}/images/${image}`).catch(() => undefined);
}

async function answered(request: XMLHttpRequest): Promise<Brought> {
  if (request.status === 201) return JSON.parse(request.responseText);
  const headers = { "content-type": request.getResponseHeader("content-type") ?? "" };
  throw await problem(new Response(request.responseText, { status: request.status || 503, headers }));
}
