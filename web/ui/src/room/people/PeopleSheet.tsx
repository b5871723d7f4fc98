import type { ComponentChildren } from "preact";
import { Sheet } from "../../design/Sheet.tsx";
import { t } from "../../words/words.ts";
import { PeopleBody, type PeopleProps } from "./PeopleZone.tsx";
import "../../words/more/room.ts";

/** Who is here, over the timeline; `children` below. */
export function PeopleSheet({
  onClose,
  children,
  ...props
}: PeopleProps & { onClose: () => void; children?: ComponentChildren }) {
  return (
    <Sheet title={t("room.people_title")} onClose={onClose}>
      <div class="zone zone-over people">
        <PeopleBody {...props} />
        {children}
      </div>
    </Sheet>
  );
}
