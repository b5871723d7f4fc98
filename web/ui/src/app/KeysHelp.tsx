import { Sheet } from "../design/Sheet.tsx";
import { t, type Word } from "../words/words.ts";
import { enable, enabled } from "./keys.ts";
import "../design/field.css";
import "./keys.css";

const GROUPS: [Word, [string, Word][]][] = [
  [
    "app.key_everywhere",
    [
      ["?", "app.key_help"],
      ["c", "app.key_ask"],
      ["w", "app.key_worklist"],
      ["v", "app.key_archive"],
    ],
  ],
  [
    "app.key_list",
    [
      ["j", "app.key_next"],
      ["k", "app.key_previous"],
      ["Enter", "app.key_open"],
      ["/", "app.key_filter"],
    ],
  ],
  [
    "app.key_room",
    [
      ["j k", "app.key_posts"],
      ["i", "app.key_write"],
      ["r", "app.key_reply"],
      ["a", "app.key_agree"],
      ["d", "app.key_dispute"],
      ["n", "app.key_concerns"],
      ["Ctrl Enter", "app.key_send"],
      ["Esc", "app.key_escape"],
    ],
  ],
];

/** Every key that acts, and whether they do. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={t("app.keys")} onClose={onClose}>
      <label class="tick">
        <input type="checkbox" checked={enabled.value} onChange={(event) => enable(event.currentTarget.checked)} />
        {t("app.keys_on")}
      </label>
      {GROUPS.map(([group, keys]) => (
        <section key={group} class="keys-group">
          <h3>{t(group)}</h3>
          <dl>
            {keys.map(([key, does]) => (
              <div key={key} class="keys-row">
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(does)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Sheet>
  );
}
