import { useId, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import { DeclareSheet } from "./DeclareSheet.tsx";
import { EntryText } from "./EntryText.tsx";
import type { InterestStore } from "./store.ts";
import type { Declared, OwnInterests } from "./types.ts";
import { WithdrawSheet } from "./WithdrawSheet.tsx";
import "../words/more/interests.ts";

type Open = { readonly is: "declare" } | { readonly is: "change" | "withdraw"; readonly entry: Declared } | null;

/** What one declares now, each to be changed or withdrawn. */
export function DeclaredPart({ store, all }: { store: InterestStore; all: OwnInterests }) {
  const title = useId();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <section class="interests-part" aria-labelledby={title}>
      <h2 id={title}>{t("interests.declared")}</h2>
      {all.declared.length === 0 && <p class="interests-note">{t("interests.declared_none")}</p>}
      {all.declared.length > 0 && (
        <ul class="interests-list">
          {all.declared.map((entry) => (
            <Entry key={entry.id} entry={entry} onOpen={setOpen} />
          ))}
        </ul>
      )}
      <p>
        <Button look="next" icon="ask" onClick={() => setOpen({ is: "declare" })}>
          {t("interests.declare")}
        </Button>
      </p>
      {open?.is === "declare" && <DeclareSheet store={store} all={all} onClose={close} />}
      {open?.is === "change" && <DeclareSheet store={store} all={all} entry={open.entry} onClose={close} />}
      {open?.is === "withdraw" && <WithdrawSheet store={store} entry={open.entry} onClose={close} />}
    </section>
  );
}

function Entry({ entry, onOpen }: { entry: Declared; onOpen: (open: Open) => void }) {
  const { payer } = entry;
  return (
    <li>
      <EntryText entry={entry} />
      <p class="interests-acts">
        <Button aria-label={t("interests.change_of", { payer })} onClick={() => onOpen({ is: "change", entry })}>
          {t("interests.change")}
        </Button>
        <Button
          look="bare"
          aria-label={t("interests.withdraw_of", { payer })}
          onClick={() => onOpen({ is: "withdraw", entry })}
        >
          {t("interests.withdraw")}
        </Button>
      </p>
    </li>
  );
}
