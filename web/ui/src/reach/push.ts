/** Push in this browser: whether there can be any, and its subscription. */
import { signal } from "@preact/signals";

/** `ready`: this browser has a subscription; whose it is the server knows. */
export type PushState = "missing" | "blocked" | "off" | "ready";

const KEY = "curbside.push";

/** As it is in this browser; found out by `lookAtPush`. */
export const pushState = signal<PushState>("off");

/** Find out whether push can be, and is, on in this browser. */
export async function lookAtPush(): Promise<void> {
  pushState.value = await found();
}

/** Ask whether this page may notify; the browser wants that to be asked on a tap, and first of all. */
export async function mayNotify(): Promise<boolean> {
  const allowed = (await Notification.requestPermission()) === "granted";
  await lookAtPush();
  return allowed;
}

/** This browser's subscription to what is signed with `key`; null where its push service cannot be reached. */
export async function subscribed(key: string): Promise<PushSubscriptionJSON | null> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  if (old && !isFor(old, key)) await old.unsubscribe();
  const wanted = { userVisibleOnly: true, applicationServerKey: key };
  const made = await pushManager.subscribe(wanted).catch(() => null);
  await lookAtPush();
  return made?.toJSON() ?? null;
}

/** The channel that this browser is, as far as it remembers. */
export function ownChannel(): string | null {
  return localStorage.getItem(KEY);
}

/** Remember which channel this browser is. */
export function setOwnChannel(channel: string): void {
  localStorage.setItem(KEY, channel);
}

async function found(): Promise<PushState> {
  if (!("serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis)) return "missing";
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) return "missing";
  if (Notification.permission === "denied") return "blocked";
  const subscription = await registration.pushManager.getSubscription();
  return subscription && Notification.permission === "granted" ? "ready" : "off";
}

/** Whether this subscription is to what is signed with `key`: the server may have another one now. */
function isFor({ options }: PushSubscription, key: string): boolean {
  const held = String.fromCharCode(...new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0)));
  return btoa(held).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === key;
}
