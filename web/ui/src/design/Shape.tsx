import { useEffect, useState } from "preact/hooks";
import { t } from "../words/words.ts";
import "./shape.css";

const PATIENCE_MS = 5_000;

/** The shape of what comes: `rows` still bars, and a sentence when it takes long. */
export function Shape({ rows }: { rows: number }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="shape" aria-busy="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} class="shape-row" />
      ))}
      {long && <p role="status">{t("common.loading_long")}</p>}
    </div>
  );
}
