import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { placeOf } from "../room/post/PostPictures.tsx";
import type { Picture } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { thrifty } from "./thrift.ts";
import { useAddress } from "./useAddress.ts";
import { Viewer } from "./Viewer.tsx";
import "./shown.css";
import "../words/more/darkroom.ts";
import "../design/drawings.ts";

interface Props {
  room: string;
  pictures: readonly Picture[];
  /** One may let observers see them. */
  onRelease?: () => void;
}

/** Previews of a post's pictures; each opens at full size. */
export function Shown({ room, pictures, onRelease }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <div class="pictures-row">
        {pictures.map((picture, at) => (
          <Preview
            key={picture.id}
            room={room}
            picture={picture}
            name={t("darkroom.view", { at: at + 1, count: pictures.length })}
            onOpen={() => setOpen(at)}
          />
        ))}
      </div>
      {onRelease && (
        <p class="pictures-unseen">
          {t("darkroom.unseen")}{" "}
          <Button look="bare" icon="eye" onClick={() => setOpen(0)}>
            {t("darkroom.look_again")}
          </Button>
        </p>
      )}
      {open !== null && (
        <Viewer
          room={room}
          pictures={pictures}
          first={open}
          onClose={() => setOpen(null)}
          {...(onRelease && { onRelease })}
        />
      )}
    </>
  );
}

interface PreviewProps {
  room: string;
  picture: Picture;
  name: string;
  onOpen: () => void;
}

/** Where the line is bad a picture waits to be asked for: what is written comes first. */
function Preview(props: PreviewProps) {
  const [wanted, setWanted] = useState(() => !thrifty());
  if (wanted) return <Loaded {...props} />;
  return (
    <button type="button" class="picture picture-waits" style={placeOf(props.picture)} onClick={() => setWanted(true)}>
      {t("darkroom.load")}
      <span class="quiet"> {props.name}</span>
    </button>
  );
}

function Loaded({ room, picture, name, onOpen }: PreviewProps) {
  const { src, is, again } = useAddress(room, picture.id, "preview");
  if (is === "gone") return <p class="picture picture-gone">{t("darkroom.gone")}</p>;
  if (is === "down") {
    return (
      <div class="picture picture-gone" style={placeOf(picture)}>
        <p>{t("darkroom.down")}</p>
        <Button onClick={again}>{t("common.retry")}</Button>
      </div>
    );
  }
  return (
    <button type="button" class="picture picture-open" style={placeOf(picture)} aria-label={name} onClick={onOpen}>
      {src && <img src={src} alt="" width={picture.width} height={picture.height} decoding="async" onError={again} />}
    </button>
  );
}
