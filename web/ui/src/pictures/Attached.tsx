import { IconButton } from "../design/Button.tsx";
import type { Desk } from "../room/desk.ts";
import { t } from "../words/words.ts";
import { api } from "./address.ts";
import { useAddress } from "./useAddress.ts";
import "./attached.css";
import "../words/more/darkroom.ts";

/** The pictures that go with the draft; each can be taken out again. */
export function Attached({ desk, images }: { desk: Desk; images: readonly string[] }) {
  return (
    <ul class="attached">
      {images.map((image, at) => (
        <Tile key={image} desk={desk} image={image} at={at + 1} />
      ))}
    </ul>
  );
}

function Tile({ desk, image, at }: { desk: Desk; image: string; at: number }) {
  const { src } = useAddress(desk.store.id, image, "preview");
  const takeBack = () => {
    const { images, ...rest } = desk.draft.value;
    desk.draft.value = { ...rest, images: images.filter((other) => other !== image) };
    // What cannot be taken back now is removed after a day.
    api.delete(`/api/cases/${desk.store.id}/images/${image}`).catch(() => undefined);
  };
  return (
    <li class="attached-tile">
      {src ? (
        <img src={src} alt={t("darkroom.attached", { at })} />
      ) : (
        <span class="quiet">{t("darkroom.attached", { at })}</span>
      )}
      <IconButton icon="close" name={t("darkroom.take_back", { at })} onClick={takeBack} />
    </li>
  );
}
