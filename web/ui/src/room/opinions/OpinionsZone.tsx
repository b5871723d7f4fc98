import { useId, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { Icon } from "../../design/Icon.tsx";
import { later, Over } from "../../design/later.tsx";
import { nameOf } from "../../design/Person.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import type { Opinions } from "../fold/opinions.ts";
import { personOf } from "../people/names.ts";
import { progressOf, send } from "../people/progress.ts";
import { OpinionsList } from "./OpinionsList.tsx";
import { lineOf, mayRead } from "./reading.ts";
import "../../words/more/opinions.ts";
import "./opinions.css";

const OpineSheet = later(() => import("./OpineSheet.tsx").then((file) => file.OpineSheet), Over);

/** What people think it is: that they have said it, and once this reader may know, what. One line, which opens. */
export function OpinionsZone({ desk }: { desk: Desk }) {
  const opinions = desk.store.card.value?.opinions;
  const [over, setOver] = useState(false);
  if (!opinions) return null;
  const give = () => setOver(true);
  return (
    <section class="opinions" aria-label={t("opinions.line_none")}>
      {mayRead(opinions, desk.me.person) ? (
        <Read desk={desk} opinions={opinions} onGive={give} />
      ) : (
        <Blind desk={desk} opinions={opinions} onGive={give} />
      )}
      {over && <OpineSheet store={desk.store} client={desk.client} me={desk.me} onClose={() => setOver(false)} />}
    </section>
  );
}

interface Props {
  desk: Desk;
  opinions: Opinions;
  onGive: () => void;
}

/** Before one's own: that others have said theirs, and how to come to it. */
function Blind({ desk, opinions, onGive }: Props) {
  const opines = desk.rights.value.opines;
  return (
    <div class="opinions-blind">
      <p class="opinions-count">
        <strong>{t("opinions.blind", { count: opinions.given })}</strong>{" "}
        <span class="opinions-how">{t(opines ? "opinions.yours_first" : "opinions.later")}</span>
      </p>
      <div class="opinions-acts">
        <Reveal desk={desk} opinions={opinions} />
        {opines && (
          <Button look="next" aria-haspopup="dialog" onClick={onGive}>
            {t("opinions.give")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Read({ desk, opinions, onGive }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <h2 class="opinions-title">
        <button
          type="button"
          class="opinions-fold"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {lineOf(opinions)}
          <Icon name={open ? "up" : "down"} />
        </button>
      </h2>
      <div id={id} class="opinions-body" hidden={!open}>
        {open && (
          <>
            <OpinionsList
              opinions={opinions}
              nameIt={(by) => nameOf(personOf(desk.store, desk.me, by) ?? by)}
              weighed={desk.me.role !== "observer"}
            />
            <div class="opinions-acts">
              {desk.rights.value.opines && (
                <Button aria-haspopup="dialog" onClick={onGive}>
                  {t(opinions.people.has(desk.me.person) ? "opinions.again" : "opinions.give")}
                </Button>
              )}
              <Reveal desk={desk} opinions={opinions} />
            </div>
          </>
        )}
      </div>
    </>
  );
}

/** The presenter shows it to all, whenever they want to know. */
function Reveal({ desk, opinions }: Pick<Props, "desk" | "opinions">) {
  const { store, rights } = desk;
  if (!rights.value.reveals || opinions.opened !== null) return null;
  const progress = progressOf(store, "reveal");
  const under = progress.is === "sending" || progress.is === "kept";
  return (
    <>
      {progress.is === "refused" && <p class="opinions-refused">{progress.says}</p>}
      <Button disabled={under} onClick={() => void send(desk, "reveal", {})}>
        {t("opinions.reveal")}
      </Button>
    </>
  );
}
