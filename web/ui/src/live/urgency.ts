import { signal } from "@preact/signals";
import shipped from "../../../../realtime/rooms/acuity.json";
import type { Acuity, Manchester } from "../wire/frames.ts";

/** What a server does for a case of one acuity. */
interface Behaviour {
  readonly pages: boolean;
  readonly interrupts: boolean;
}

/** What `GET /api/acuity` says. `manchester`: minutes to first contact, by colour. */
export interface Urgencies {
  readonly behaviours: Readonly<Record<Acuity, Behaviour>>;
  readonly manchester: Readonly<Record<Manchester["value"], number>>;
}

/** Where that is read. Rejects where the server says no or is not reached. */
export interface Deployment {
  urgencies(): Promise<Urgencies>;
}

/** What a case does to the people whom it asks: it rings them, waits among what else there is for them, or asks nobody. */
export type Does = "rings" | "asks" | "lists";

/**
 * What this deployment does by acuity and by colour. It is asked for once somebody wants to know; before, and where it
 * cannot be reached, cases do what they do unless a deployment says otherwise.
 */
export class Urgency {
  readonly #source: Deployment;
  readonly #told = signal<Urgencies | null>(null);
  #asked = false;

  constructor(source: Deployment) {
    this.#source = source;
  }

  /** Somebody wants to know. What fails is asked again by the next who does. */
  wanted(): void {
    if (!this.#asked) void this.#ask();
  }

  does(acuity: Acuity): Does {
    const { pages, interrupts } = (this.#told.value ?? shipped).behaviours[acuity];
    return interrupts ? "rings" : pages ? "asks" : "lists";
  }

  /** Whether a call of this acuity, if it is one, takes its person away from what they do. */
  interrupts(acuity: string | undefined): boolean {
    return isAcuity(acuity) && this.does(acuity) === "rings";
  }

  /** Within how many minutes a patient of this colour is first seen; undefined until the server has said. */
  minutes(colour: Manchester["value"]): number | undefined {
    return this.#told.value?.manchester[colour];
  }

  async #ask(): Promise<void> {
    this.#asked = true;
    try {
      this.#told.value = await this.#source.urgencies();
    } catch {
      this.#asked = false;
    }
  }
}

function isAcuity(level: string | undefined): level is Acuity {
  return level !== undefined && Object.hasOwn(shipped.behaviours, level);
}
