import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import "../words/more/security.ts";

/** Recovery codes, shown this once. */
export function Codes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  return (
    <div class="security-codes" role="status">
      <p>{t("security.codes")}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="security-acts">
        <Button onClick={() => void navigator.clipboard.writeText(codes.join("\n"))}>{t("security.copy")}</Button>
        <Button look="next" onClick={onKept}>
          {t("security.codes_kept")}
        </Button>
      </div>
    </div>
  );
}
