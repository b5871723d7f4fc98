import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Picture } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { Darkroom } from "./Darkroom.tsx";
import { useAddress } from "./useAddress.ts";
import "./viewer.css";
import "../words/more/darkroom.ts";
import "../design/drawings.ts";

interface Props {
  room: string;
  pictures: readonly Picture[];
  first: number;
  onClose: () => void;
  onRelease?: () => void;
}

const STEP = 1.5;
const MOST_ZOOM = 8;

/** A post's pictures at full size: arrows go from one to the next, + and − zoom, 0 fits, Escape closes. */
export function Viewer({ room, pictures, first, onClose, onRelease }: Props) {
  const [at, setAt] = useState(first);
  const [zoom, setZoom] = useState(1);
  const seen = useRef(new Set<number>());
  const [all, setAll] = useState(false);
  const picture = pictures[at];
  if (picture === undefined) return null;
  const go = (by: number) => {
    setAt(Math.min(pictures.length - 1, Math.max(0, at + by)));
    setZoom(1);
  };
  const scale = (by: number) => setZoom(Math.min(MOST_ZOOM, Math.max(1, zoom * by)));
  const keys: Record<string, () => void> = {
    ArrowLeft: () => zoom === 1 && go(-1),
    ArrowRight: () => zoom === 1 && go(1),
    "+": () => scale(STEP),
    "=": () => scale(STEP),
    "-": () => scale(1 / STEP),
    "0": () => setZoom(1),
  };
  const name = t("darkroom.view_title", { at: at + 1, count: pictures.length });
  const looked = () => setAll(seen.current.add(at).size === pictures.length);
  const release = () => {
    onRelease?.();
    onClose();
  };
  return (
    <Darkroom
      title={name}
      onClose={onClose}
      onKeyDown={(event) => keys[event.key]?.()}
      foot={
        <>
          <div class="darkroom-tools">
            {pictures.length > 1 && (
              <>
                <Button icon="back" disabled={at === 0} onClick={() => go(-1)}>
                  {t("darkroom.before")}
                </Button>
                <Button disabled={at === pictures.length - 1} onClick={() => go(1)}>
                  {t("darkroom.after")}
                </Button>
              </>
            )}
            <Button disabled={zoom === 1} onClick={() => scale(1 / STEP)}>
              {t("darkroom.zoom_out")}
            </Button>
            <Button disabled={zoom === MOST_ZOOM} onClick={() => scale(STEP)}>
              {t("darkroom.zoom_in")}
            </Button>
          </div>
          {onRelease && (
            <>
              <p class="darkroom-says">{t("darkroom.release_says")}</p>
              <Button look="next" icon="eye" class="darkroom-end" disabled={!all} onClick={release}>
                {t("darkroom.release")}
              </Button>
            </>
          )}
        </>
      }
    >
      <Stage key={picture.id} room={room} picture={picture} name={name} zoom={zoom} onLooked={looked} />
    </Darkroom>
  );
}

interface StageProps {
  room: string;
  picture: Picture;
  name: string;
  zoom: number;
  onLooked: () => void;
}

/** The preview stands in until the whole picture is here. */
function Stage({ room, picture, name, zoom, onLooked }: StageProps) {
  const { width = 4, height = 3 } = picture;
  const preview = useAddress(room, picture.id, "preview");
  const full = useAddress(room, picture.id, "full");
  const [here, setHere] = useState(false);
  const [down, setDown] = useState(false);
  useEffect(() => {
    if (here) onLooked();
  }, [here]);
  const again = () => {
    setDown(false);
    full.again();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than the screen is scrolled with the keyboard.
    <section class="darkroom-stage" tabIndex={0} aria-label={t("darkroom.zoom_full")}>
      <div class="darkroom-centre">
        <div class="viewer-picture" style={{ "--ratio": (width / height).toFixed(4), "--zoom": zoom.toFixed(3) }}>
          {!here && preview.src && <img src={preview.src} alt="" />}
          {full.src && !down && (
            <img src={full.src} alt={name} onLoad={() => setHere(true)} onError={() => setDown(true)} />
          )}
        </div>
      </div>
      {full.is === "gone" ? (
        <p class="darkroom-wait" role="status">
          {t("darkroom.gone")}
        </p>
      ) : down || full.is === "down" ? (
        <p class="darkroom-wait" role="status">
          {t("darkroom.down")} <Button onClick={again}>{t("common.retry")}</Button>
        </p>
      ) : (
        !here && (
          <p class="darkroom-wait" role="status">
            {t("darkroom.coming")}
          </p>
        )
      )}
    </section>
  );
}
