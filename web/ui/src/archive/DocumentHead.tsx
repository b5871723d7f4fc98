import { useState } from "preact/hooks";
import { Acuity } from "../design/Acuity.tsx";
import { Button, ButtonLink } from "../design/Button.tsx";
import { later, Over } from "../design/later.tsx";
import { Written } from "../design/Written.tsx";
import type { Case } from "../wire/frames.ts";
import { dateOf, span } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { Replayed } from "./replay.ts";
import "../words/more/archive.ts";
import "../words/more/room.ts";
import "../design/drawings.ts";

const HandoverSheet = later(() => import("../handover/HandoverSheet.tsx").then((file) => file.HandoverSheet), Over);

interface Props {
  of: Case;
  replayed: Replayed;
  mayAsk: boolean;
  onPrint: () => void;
}

/** Which case, from when to when, what the document holds, and where one can go from here. */
export function DocumentHead({ of, replayed, mayAsk, onPrint }: Props) {
  const [over, setOver] = useState(false);
  return (
    <header class="document-head">
      <p class="document-line">
        <Acuity level={of.acuity} />
        <Lasted from={of.opened_at} to={replayed.ending?.at} />
      </p>
      <h1 class="said">
        <Written text={of.title} />
      </h1>
      <Contents replayed={replayed} />
      <p class="document-acts">
        {mayAsk && (
          <ButtonLink href={`/ask?linked_to=${of.id}`} icon="ask">
            {t("archive.go_on")}
          </ButtonLink>
        )}
        {mayAsk && (
          <Button icon="list" aria-haspopup="dialog" onClick={() => setOver(true)}>
            {t("room.do_handover")}
          </Button>
        )}
        <Button icon="print" onClick={onPrint}>
          {t("archive.print")}
        </Button>
      </p>
      {over && <HandoverSheet room={of.id} onClose={() => setOver(false)} />}
    </header>
  );
}

function Lasted({ from, to }: { from: number; to: number | undefined }) {
  if (to === undefined) return <span>{dateOf(from)}</span>;
  return <span>{t("archive.lasted", { from: dateOf(from), to: dateOf(to), span: span(to - from) })}</span>;
}

function Contents({ replayed }: { replayed: Replayed }) {
  return (
    <nav class="document-contents" aria-label={t("archive.contents")}>
      <a href="#log">{t("archive.to_log", { count: replayed.posts.size })}</a>
      <a href="#parts">{t("archive.to_parts", { count: replayed.parts.length })}</a>
      <a href="#seal">{t("archive.to_seal")}</a>
    </nav>
  );
}
