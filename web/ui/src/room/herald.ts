/** Says what is new in a room to who does not see it: at most one thing in five seconds. */
import { t } from "../words/words.ts";
import "../words/more/room.ts";

export const PAUSE_MS = 5_000;

/** Something new: `says` stands for itself; of several, those that concern one are said, the rest counted. */
export interface News {
  readonly says: string;
  readonly concerns: boolean;
}

export class Herald {
  readonly #say: (text: string) => void;
  #news: News[] = [];
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Say it now, or with what else came once the pause is over. */
  tell(news: News): void {
    this.#news.push(news);
    if (this.#pause === undefined) this.#speak();
  }

  stop(): void {
    clearTimeout(this.#pause);
  }

  #speak(): void {
    this.#pause = undefined;
    if (this.#news.length === 0) return;
    this.#say(summed(this.#news));
    this.#news = [];
    this.#pause = setTimeout(() => this.#speak(), PAUSE_MS);
  }
}

function summed(news: readonly News[]): string {
  const [first] = news;
  if (news.length === 1 && first) return first.says;
  const mine = news.filter((one) => one.concerns).map((one) => one.says);
  const rest = news.length - mine.length;
  return [...mine, ...(rest > 0 ? [t("room.line_new", { count: rest })] : [])].join(". ");
}
