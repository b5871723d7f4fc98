/**
 * The service worker: keeps the page and its assets on the device, so that it opens at once and without a line.
 *
 * It keeps nothing that a server said of a case. The build (build/worker.ts) puts in what is to be kept, and a version,
 * so that another page makes another worker.
 */
import { read, type Shown, shownAs } from "./pushed.ts";
import { isScreen } from "./screens.ts";

interface Page {
  focus(): Promise<unknown>;
  postMessage(said: { readonly go: string }): void;
}
interface Pages {
  claim(): Promise<void>;
  matchAll(wanted: { type: "window"; includeUncontrolled: boolean }): Promise<readonly Page[]>;
  openWindow(address: string): Promise<unknown>;
}
interface Worker extends EventTarget {
  skipWaiting(): Promise<void>;
  readonly clients: Pages;
  readonly registration: { showNotification(title: string, options: Shown): Promise<void> };
}
interface Phase extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Pushing extends Phase {
  readonly data: { text(): string } | null;
}
interface Tapped extends Phase {
  readonly notification: { readonly data: Shown["data"] | undefined; close(): void };
}

const worker = self as unknown as Worker;
const FILES = JSON.parse("__FILES__") as string[];
const CACHE = "curbside-__VERSION__";
const PAGE = "/";
const ASSETS = "/assets/";

worker.addEventListener("install", (event) => (event as Phase).waitUntil(keep()));
worker.addEventListener("activate", (event) => (event as Phase).waitUntil(takeOver()));
worker.addEventListener("fetch", (event) => answer(event as Fetching));
worker.addEventListener("push", (event) => ring(event as Pushing));
worker.addEventListener("notificationclick", (event) => open(event as Tapped));

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  // One after the other: on a slow line the room that is open needs the rest of it.
  await cache.add(new Request(PAGE, { cache: "reload" }));
  for (const file of FILES) await cache.add(new Request(file));
  await worker.skipWaiting();
}

/** What is open goes on with what it was made of, which no server has any more: a call must ring there too. */
async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith("curbside-") && name !== CACHE);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

function answer(event: Fetching): void {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && isScreen(pathname)) event.respondWith(kept(PAGE, request));
  else if (pathname.startsWith(ASSETS)) event.respondWith(kept(pathname, request));
}

function ring(event: Pushing): void {
  const pushed = read(event.data?.text());
  event.waitUntil(worker.registration.showNotification(pushed.title, shownAs(pushed)));
}

function open(event: Tapped): void {
  event.notification.close();
  event.waitUntil(gone(event.notification.data?.path ?? PAGE));
}

/** A page that is open goes there itself. */
async function gone(path: string): Promise<void> {
  const [page] = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!page) return void (await worker.clients.openWindow(path));
  await page.focus();
  page.postMessage({ go: path });
}

async function kept(name: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(name)) ?? (await keptBefore(name)) ?? fetch(request);
}

/** From the build before. */
async function keptBefore(name: string): Promise<Response | undefined> {
  return name.startsWith(ASSETS) ? caches.match(name) : undefined;
}
