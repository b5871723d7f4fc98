import { useRef } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { later, Nothing } from "../../design/later.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import "../../words/more/pictures.ts";
import "../../design/drawings.ts";

export const MOST = 4;
const KINDS = "image/jpeg,image/png,image/webp,application/dicom,.dcm";
const Bringing = later(async () => (await import("../../pictures/Bringing.tsx")).Bringing, Nothing);
const Attached = later(async () => (await import("../../pictures/Attached.tsx")).Attached, Nothing);

/** The pictures that go with the draft, and those that are to be looked at first. */
export function ComposerPictures({ desk }: { desk: Desk }) {
  const { images } = desk.draft.value;
  return (
    <>
      {images.length > 0 && (
        <div class="composer-pictures">
          <Attached desk={desk} images={images} />
        </div>
      )}
      {desk.bringing.value.length > 0 && <Bringing desk={desk} />}
    </>
  );
}

/** Choose pictures; a phone offers its camera. */
export function Attach({ desk }: { desk: Desk }) {
  const input = useRef<HTMLInputElement>(null);
  const full = desk.draft.value.images.length >= MOST;
  return (
    <>
      <Button
        look="bare"
        icon="picture"
        class="composer-attach"
        disabled={full}
        title={full ? t("pictures.most") : undefined}
        onClick={() => input.current?.click()}
      >
        {t("pictures.attach")}
      </Button>
      <input
        ref={input}
        type="file"
        class="composer-file"
        hidden
        multiple
        accept={KINDS}
        onChange={(event) => {
          bring(desk, [...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Look at these files, as many as the post still takes, and bring them then. */
export function bring(desk: Desk, files: readonly File[]): void {
  const left = Math.max(0, MOST - desk.draft.value.images.length);
  desk.bringing.value = [...desk.bringing.value, ...files].slice(0, left);
}
