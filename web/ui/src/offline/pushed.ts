/** What a push says, as the server wrote it (web/channels/webpush.py), and how it is shown: no word of a case is in it. */
import { isScreen } from "./screens.ts";

export interface Pushed {
  readonly title: string;
  readonly body: string;
  readonly path: string;
  readonly tag: string;
  readonly acuity: string | null;
}

/** What is shown: `renotify` and `vibrate` are known to browsers, but not to the types of the language. */
export interface Shown extends NotificationOptions {
  readonly renotify: boolean;
  readonly vibrate: readonly number[];
  readonly data: { readonly path: string };
}

const CALL_MS = [400, 150, 400, 150, 800];
const HINT_MS = [200];
const PLAIN: Pushed = { title: "Curbside", body: "Open Curbside.", path: "/", tag: "curbside", acuity: null };

/** What `text` says. A browser wants something to be shown for every push, also for one that nobody can read. */
export function read(text: string | undefined): Pushed {
  try {
    const said: unknown = JSON.parse(text ?? "");
    return isPushed(said) ? said : PLAIN;
  } catch {
    return PLAIN;
  }
}

/** How it is shown. A `stat` page stays until somebody sees to it. */
export function shownAs({ body, path, tag, acuity }: Pushed): Shown {
  const stat = acuity === "stat";
  const data = { path: isScreen(path) ? path : "/" };
  return { body, tag, data, renotify: true, requireInteraction: stat, vibrate: acuity ? CALL_MS : HINT_MS };
}

function isPushed(said: unknown): said is Pushed {
  const fields = ["title", "body", "path", "tag"] as const;
  return (
    typeof said === "object" && said !== null && fields.every((field) => typeof Reflect.get(said, field) === "string")
  );
}
