import { useId, useRef } from "preact/hooks";
import { t } from "../../words/words.ts";
import { rightsOf } from "../rights.ts";
import type { CaseProps } from "./CaseZone.tsx";
import { Pin } from "./Pin.tsx";
import "./pinned.css";
import "../../words/more/room.ts";

interface Props extends CaseProps {
  heading: "h2" | "h3";
}

/** The plan so far: what was pinned, in the order of its pinning. */
export function Pinned({ heading: Heading, ...given }: Props) {
  const { store, me } = given;
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const pins = store.pinned.value;
  const mayUnpin = rightsOf(store.seat.value, store.card.value, me).pins;
  return (
    <section class="pinned" aria-labelledby={id}>
      <Heading id={id} ref={title} tabIndex={-1}>
        {t("room.case_pinned", { count: pins.length })}
      </Heading>
      {pins.length === 0 && (
        <p class="case-note">{t(mayUnpin ? "room.case_pinned_none_yours" : "room.case_pinned_none")}</p>
      )}
      <ol class="pinned-list">
        {pins.map((pin) => (
          <Pin key={pin.id} {...given} pin={pin} mayUnpin={mayUnpin} onGone={() => title.current?.focus()} />
        ))}
      </ol>
    </section>
  );
}
