import { Choice } from "../ask/Choice.tsx";
import { t } from "../words/words.ts";
import { Part } from "./Part.tsx";
import type { Draft, ReachStore } from "./store.ts";
import "../words/more/reach.ts";

/** How often within an hour; the server allows `most`. */
export function HowOften({ store, draft, most }: { store: ReachStore; draft: Draft; most: number }) {
  const less = Array.from({ length: most - 1 }, (_, at) => at + 1);
  const own = draft.per_hour !== null && draft.per_hour < most ? String(draft.per_hour) : "";
  return (
    <Part title={t("reach.how_often")}>
      <Choice
        name="per_hour"
        label={t("reach.per_hour")}
        says={t("reach.per_hour_says")}
        value={own}
        options={[
          ["", t("reach.per_hour_most", { count: most })],
          ...less.map((count) => [String(count), t("reach.per_hour_times", { count })] as const),
        ]}
        onChange={(value) => store.set("per_hour", value ? Number(value) : null)}
      />
    </Part>
  );
}
