/** With what somebody signs in, and where they are signed in, as the server says. */
import { type Signal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { refusal } from "../signin/signin.ts";

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly backed_up: boolean;
  readonly created_at: number;
  readonly used_at: number | null;
}

export interface Security {
  readonly password: boolean;
  readonly passkeys: readonly Passkey[];
  readonly authenticator: boolean;
  readonly recovery_codes: number;
  readonly hospitals: readonly string[];
}

export interface Session {
  readonly id: string;
  readonly way: "password" | "passkey" | "hospital" | "demo" | "setup";
  readonly address: string;
  readonly agent: string;
  readonly active_at: number;
  readonly current: boolean;
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expires_at: number;
}

/** All of it, read anew after each act. */
export class SecurityStore {
  readonly api: Api;
  readonly has: Signal<Security | null> = signal(null);
  readonly sessions: Signal<readonly Session[]> = signal([]);
  readonly tokens: Signal<readonly Token[]> = signal([]);
  /** What went wrong last, as a sentence. */
  readonly error: Signal<string | undefined> = signal(undefined);

  readonly #factorsOnly: boolean;

  /** `factorsOnly`: for who may see nothing else yet. */
  constructor(api: Api, factorsOnly = false) {
    this.api = api;
    this.#factorsOnly = factorsOnly;
  }

  /** Ask for all of it. */
  async read(): Promise<void> {
    this.error.value = await refusal(async () => {
      this.has.value = await this.api.get<Security>("/api/security");
      if (this.#factorsOnly) return;
      this.sessions.value = (await this.api.get<{ sessions: Session[] }>("/api/sessions")).sessions;
      this.tokens.value = (await this.api.get<{ tokens: Token[] }>("/api/tokens")).tokens;
    });
  }

  /** Do something, and read anew. Nothing where it was refused: `error` says why. */
  async act<T>(act: () => Promise<T>): Promise<T | undefined> {
    let gave: T | undefined;
    const refused = await refusal(async () => {
      gave = await act();
    });
    if (refused === undefined) await this.read();
    else this.error.value = refused;
    return gave;
  }
}
