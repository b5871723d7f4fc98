/** Keeping the page on the device, where the browser can. */
const ADDRESS = "/worker.js";
const PATIENCE_MS = 4_000;

interface Policy {
  createScriptURL(address: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

/** Have the page kept from now on. Where that cannot be, it is fetched each time. */
export function keepPage(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  addEventListener("load", () => void navigator.serviceWorker.register(address()).catch(() => undefined));
}

/** Load the page anew, in the version that the server has now. */
export async function renewPage(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration) await renewed(registration);
  location.reload();
}

function renewed(registration: ServiceWorkerRegistration): Promise<unknown> {
  const taken = new Promise((done) =>
    navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }),
  );
  const tooLong = new Promise((done) => setTimeout(done, PATIENCE_MS));
  return registration.update().then(
    () => (registration.installing || registration.waiting ? Promise.race([taken, tooLong]) : undefined),
    () => undefined,
  );
}

/** The only address of a script that this page makes, blessed where the browser asks for that. */
function address(): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  return types?.createPolicy("curbside", { createScriptURL: () => ADDRESS }).createScriptURL(ADDRESS) ?? ADDRESS;
}
