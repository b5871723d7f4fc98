import { useMemo } from "preact/hooks";
import { t } from "../words/words.ts";
import { glossary } from "./inn.ts";
import "./inn.css";
import "../words/more/room.ts";

/** Beside a text the INN of the drugs that it names otherwise; the text itself is as it was written. */
export function Inn({ text }: { text: string }) {
  const drugs = useMemo(() => [...glossary(text)], [text]);
  if (drugs.length === 0) return null;
  return (
    <p class="inn">
      <abbr title={t("room.inn_long")}>{t("room.inn")}</abbr>{" "}
      {drugs.map(([inn, name]) => (
        <span key={inn} class="inn-drug">
          <bdi>{name}</bdi> = <bdi lang="en">{inn}</bdi>
        </span>
      ))}
    </p>
  );
}
