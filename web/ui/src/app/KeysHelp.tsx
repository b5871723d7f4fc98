import { Sheet } from "../design/Sheet.tsx";
import { t, type Word } from "../words/words.ts";
import { enable, enabled } from "./keys.ts";
import "../design/field.css";
import "./keys.css";
import "../words/more/keys.ts";

const GROUPS: [Word, [string, Word][]][] = [
  [
    "keys.everywhere",
    [
      ["?", "keys.help"],
      ["c", "keys.ask"],
      ["w", "keys.worklist"],
      ["v", "keys.archive"],
    ],
  ],
  [
    "keys.list",
    [
      ["j", "keys.next"],
      ["k", "keys.previous"],
      ["Enter", "keys.open"],
      ["/", "keys.filter"],
    ],
  ],
  [
    "keys.room",
    [
      ["j k", "keys.posts"],
      ["i", "keys.write"],
      ["r", "keys.reply"],
      ["a", "keys.agree"],
      ["d", "keys.dispute"],
      ["n", "keys.concerns"],
      ["Ctrl Enter", "keys.send"],
      ["Esc", "keys.escape"],
    ],
  ],
];

/** Every key that acts, and whether they do. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={t("keys.title")} onClose={onClose}>
      <label class="tick">
        <input type="checkbox" checked={enabled.value} onChange={(event) => enable(event.currentTarget.checked)} />
        {t("keys.on")}
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
