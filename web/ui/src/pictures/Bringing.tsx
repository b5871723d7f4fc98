import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Problem } from "../http/problem.ts";
import { type Desk, write } from "../room/desk.ts";
import { t } from "../words/words.ts";
import { Boxes } from "./Boxes.tsx";
import { type Box, FIRST } from "./boxes.ts";
import { Darkroom } from "./Darkroom.tsx";
import { blackened, type Reading, read } from "./reading.ts";
import { useSending } from "./useSending.ts";
import type { Sending } from "./way.ts";
import "./boxes.css";
import "../words/more/darkroom.ts";
import "../design/drawings.ts";

/** The files that were chosen, one after the other: each is looked at, blackened where need be, and brought. */
export function Bringing({ desk }: { desk: Desk }) {
  const [file] = desk.bringing.value;
  const count = useRef(0);
  count.current = Math.max(count.current, desk.bringing.value.length);
  if (file === undefined) return null;
  const next = () => {
    desk.bringing.value = desk.bringing.value.slice(1);
    if (desk.bringing.value.length === 0) write(desk);
  };
  const done = (image: string) => {
    desk.draft.value = { ...desk.draft.value, images: [...desk.draft.value.images, image] };
    next();
  };
  const at = count.current - desk.bringing.value.length + 1;
  return (
    <One
      key={at}
      room={desk.store.id}
      file={file}
      title={count.current > 1 ? t("darkroom.bring_of", { at, count: count.current }) : t("darkroom.bring_title")}
      onDone={done}
      onSkip={next}
      onClose={() => {
        desk.bringing.value = [];
      }}
    />
  );
}

interface Props {
  room: string;
  file: File;
  title: string;
  onDone: (image: string) => void;
  onSkip: () => void;
  onClose: () => void;
}

function One({ room, file, title, onDone, onSkip, onClose }: Props) {
  const { reading, unread } = useReading(room, file);
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  const [full, setFull] = useState(false);
  const [checked, setChecked] = useState(false);
  const { state, begin, now } = useSending(room, onDone);
  const busy = state.is === "leaving" || state.is === "waiting";
  const change = (next: readonly Box[]) => {
    setBoxes(next);
    setChecked(false);
  };
  return (
    <Darkroom
      title={title}
      onClose={onClose}
      foot={
        <>
          <p class="darkroom-says">{t("darkroom.bring_says")}</p>
          <div class="darkroom-tools">
            <Button icon="ask" disabled={!reading || busy} onClick={() => change([...boxes, FIRST])}>
              {t("darkroom.box_add")}
            </Button>
            <Button icon="undo" disabled={boxes.length === 0 || busy} onClick={() => change(boxes.slice(0, -1))}>
              {t("darkroom.box_undo")}
            </Button>
            <Button disabled={!reading} aria-pressed={full} onClick={() => setFull(!full)}>
              {t(full ? "darkroom.zoom_fit" : "darkroom.zoom_full")}
            </Button>
          </div>
          <label class="bringing-check">
            <input
              type="checkbox"
              checked={checked}
              disabled={!reading || busy}
              onChange={(event) => setChecked(event.currentTarget.checked)}
            />
            <span>{t("darkroom.checked")}</span>
          </label>
          <div class="darkroom-tools darkroom-end">
            <State state={state} onNow={now} />
            <Button look="bare" onClick={onSkip}>
              {t("darkroom.skip")}
            </Button>
            <Button
              look="next"
              disabled={!reading || !checked || busy}
              onClick={() => reading && begin(() => blackened(reading, boxes))}
            >
              {t("darkroom.use")}
            </Button>
          </div>
        </>
      }
    >
      <div class="darkroom-stage">
        <div class="darkroom-centre">
          {reading && <Boxes reading={reading} boxes={boxes} full={full} fixed={busy} onChange={change} />}
        </div>
        {!reading && (
          <p class="darkroom-wait" role="status">
            {unread ?? t("darkroom.bring_reading")}
          </p>
        )}
      </div>
    </Darkroom>
  );
}

/** The picture in a file, or why there is none. */
function useReading(room: string, file: File): { reading: Reading | null; unread: string | null } {
  const [reading, setReading] = useState<Reading | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  useEffect(() => {
    read(room, file).then(setReading, (error: unknown) =>
      setUnread(error instanceof Problem ? error.detail : t("darkroom.bring_unreadable")),
    );
  }, [file]);
  return { reading, unread };
}

function State({ state, onNow }: { state: Sending; onNow: () => void }) {
  switch (state.is) {
    case "still":
      return null;
    case "leaving": {
      const percent = Math.round(100 * state.part);
      return (
        <p class="bringing-state" role="status">
          {state.part < 1 ? t("darkroom.sending", { percent }) : t("darkroom.preparing")}{" "}
          <progress value={state.part} max={1} aria-label={t("darkroom.sending", { percent })} />
        </p>
      );
    }
    case "waiting":
      return (
        <p class="bringing-state" role="alert">
          {t("darkroom.retrying", { seconds: state.seconds })} <Button onClick={onNow}>{t("darkroom.retry")}</Button>
        </p>
      );
    case "refused":
      return (
        <p class="bringing-state composer-error" role="alert">
          {state.why}
        </p>
      );
  }
}
