import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Newest } from "../http/newest.ts";
import { told } from "../http/told.ts";
import type { Results, SurveyQuestion } from "./offered.ts";
import "../words/more/surveying.ts";

export type GroupBy = "specialty" | "country";

/** A survey as somebody wants it. Whom it asks is everybody where nothing is named; times are Unix ms. */
export interface SurveyWish {
  readonly title: string;
  readonly questions: readonly SurveyQuestion[];
  readonly specialties: readonly string[];
  readonly countries: readonly string[];
  readonly group_by: GroupBy;
  readonly quotas: Readonly<Record<string, number>>;
  readonly opens_at: number;
  readonly closes_at: number;
}

/** So many have answered; where it is not `exact`, so many at least. */
export interface Participation {
  readonly people: number;
  readonly exact: boolean;
}

/** A survey on record, as who asks sees it. `institution` is null where moderators ask. */
export interface AskedSurvey {
  readonly id: string;
  readonly wish: SurveyWish;
  readonly institution: string | null;
  readonly approved_at: number | null;
  readonly ended_at: number | null;
  readonly participation: Participation | null;
}

export type SurveyState = "waiting" | "coming" | "open" | "over";

/** How far a survey is at `now` (Unix ms). */
export function stateOf({ wish, approved_at, ended_at }: AskedSurvey, now: number): SurveyState {
  if (ended_at !== null || now >= wish.closes_at) return "over";
  if (approved_at === null) return "waiting";
  return now < wish.opens_at ? "coming" : "open";
}

type Asks = Pick<Api, "get" | "post">;

/** The surveys that one may see, as the server said last; null until it has. Each act resolves with what is wrong. */
export class AskedSurveys {
  readonly #api: Asks;
  readonly #newest = new Newest<{ readonly surveys: readonly AskedSurvey[] }>();
  readonly #all = signal<readonly AskedSurvey[] | null>(null);
  readonly #wrong = signal<string | undefined>(undefined);

  constructor(api: Asks) {
    this.#api = api;
  }

  get all(): ReadonlySignal<readonly AskedSurvey[] | null> {
    return this.#all;
  }

  /** Why the server could not be asked. */
  get wrong(): ReadonlySignal<string | undefined> {
    return this.#wrong;
  }

  async read(): Promise<void> {
    this.#wrong.value = await told("surveying.failed", () =>
      this.#newest.ask(
        () => this.#api.get("/api/surveys"),
        ({ surveys }) => {
          this.#all.value = surveys;
        },
      ),
    );
  }

  open(wish: SurveyWish): Promise<string | undefined> {
    return this.#done("/api/surveys", wish);
  }

  approve({ id }: AskedSurvey): Promise<string | undefined> {
    return this.#done(`/api/surveys/${id}/approve`, {});
  }

  end({ id }: AskedSurvey): Promise<string | undefined> {
    return this.#done(`/api/surveys/${id}/end`, {});
  }

  /** What was answered, as far as it is told; rejects with `Problem` or `Offline`. */
  results({ id }: AskedSurvey): Promise<Results> {
    return this.#api.get<Results>(`/api/surveys/${id}/results`);
  }

  #done(path: string, content: unknown): Promise<string | undefined> {
    return told("surveying.failed", async () => {
      await this.#api.post(path, content);
      // It is done, whether the list comes or not.
      await this.read();
    });
  }
}
