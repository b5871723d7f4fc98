import { useId, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import type { Institution, InstitutionList } from "./list.ts";
import "../words/more/observer.ts";

interface Props {
  list: InstitutionList;
  institution: Institution;
  onClose: () => void;
}

/** One act that ends all access of an institution, with its reason. */
export function SuspendSheet({ list, institution: { name }, onClose }: Props) {
  const form = useId();
  const [why, setWhy] = useState("");
  const [wrong, setWrong] = useState<string>();
  const suspend = useSubmit(async () => {
    const says = why.trim() ? await list.suspend(name, why.trim()) : t("observer.why_empty");
    setWrong(says);
    if (says !== undefined) return;
    announce(t("observer.suspended", { why }));
    onClose();
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="grave" type="submit" form={form}>
        {t("observer.suspend")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("observer.suspend_title", { institution: name })} onClose={onClose} foot={foot}>
      <form id={form} class="institution-form" onSubmit={suspend}>
        <p>{t("observer.suspend_says")}</p>
        <Field
          label={t("observer.why")}
          hint={t("observer.why_hint")}
          error={wrong}
          value={why}
          maxLength={500}
          onInput={(event) => setWhy(event.currentTarget.value)}
        />
      </form>
    </Sheet>
  );
}
