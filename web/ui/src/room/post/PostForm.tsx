import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { AreaField } from "../../design/Field.tsx";
import { useSubmit } from "../../design/useSubmit.ts";
import { Doubts } from "../../identifiers/Doubts.tsx";
import { prepared } from "../../identifiers/doubts.ts";
import type { Evidence } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { choose, placeOf } from "../composer/choosing.ts";
import { confirm, confirmations, doubted, rewritten } from "../composer/doubting.ts";
import { type Draft, draftKey, EMPTY, kept } from "../composer/drafts.ts";
import { useKept } from "../composer/useDraft.ts";
import { type Desk, shut, type WrittenKind } from "../desk.ts";
import { EvidenceFields } from "../evidence/EvidenceFields.tsx";
import { written, wrongIn } from "../evidence/rows.ts";
import type { Post } from "../fold/post.ts";
import { keys, shown } from "./inPlace.ts";
import "../../words/more/evidence.ts";
import "../../words/more/forms.ts";
import "../../words/more/room.ts";

type Send = (desk: Desk, post: Post, draft: Draft) => Promise<unknown>;

const SEND: Record<WrittenKind, Send> = {
  dispute: ({ store }, { id: target }, draft) =>
    store.command("corroborate", { target, stance: "disagree", ...reasons(draft) }),
  note: ({ store }, { id: target }, draft) =>
    store.command("corroborate", { target, stance: "agree", ...reasons(draft) }),
  amend: ({ store }, post, { text, evidence, confirmed }) =>
    store.command("amend", { target: post.id, text, ...changed(evidence, post), ...confirmations(confirmed) }),
  retract: ({ store }, { id: target }, { text, confirmed }) =>
    store.command("retract", { target, reason: text, ...confirmations(confirmed) }),
};

/** Where one writes at a post, in place; kept until it is sent. */
export function PostForm({ is, post, desk }: { is: WrittenKind; post: Post; desk: Desk }) {
  const key = draftKey(desk.me.person, desk.store.id, `${is}-${post.id}`);
  const [draft] = useState(() => signal(begun(key, is, post)));
  const [error, setError] = useState<string>();
  const place = useRef<HTMLFormElement>(null);
  useKept(key, draft);
  useEffect(() => shown(place.current), []);
  const cancel = () => {
    draft.value = EMPTY;
    shut(desk);
  };
  const send = useSubmit(async () => {
    if (draft.value.text.trim() === "") return setError(t(`forms.${is}_empty`));
    const wrong = is === "amend" && !changed(draft.value.evidence, post) ? null : wrongIn(draft.value.evidence);
    if (wrong) return setError(t(`evidence.mend_${wrong}`));
    try {
      if (await doubted(draft)) return;
      await SEND[is](desk, post, draft.value);
      cancel();
    } catch {
      setError(t("room.say_not_kept"));
    }
  });
  return (
    <form ref={place} class={`post-form post-form-${is}`} onSubmit={send} onKeyDown={keys(send, cancel)}>
      <AreaField
        label={t(`forms.${is}`)}
        hint={t(`forms.${is}_hint`)}
        error={error}
        name="text"
        value={draft.value.text}
        onInput={(event) => {
          draft.value = rewritten(draft.value, { text: event.currentTarget.value });
          void prepared();
        }}
      />
      {is !== "retract" && <EvidenceFields draft={draft} />}
      {draft.value.doubts && (
        <Doubts
          doubts={draft.value.doubts}
          nameOf={placeOf}
          onEdit={(first) => choose(place.current, first)}
          onConfirm={() => {
            confirm(draft);
            place.current?.requestSubmit();
          }}
        />
      )}
      <div class="post-form-foot">
        <Button look={is === "retract" ? "grave" : "next"} type="submit">
          {t(`forms.${is}_send`)}
        </Button>
        <Button look="bare" onClick={cancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}

function begun(key: string, is: WrittenKind, post: Post): Draft {
  const before = kept(key);
  return is === "amend" && before.text === "" ? { ...before, text: post.text, evidence: post.evidence } : before;
}

/** The evidence of an amended post, where it is another than before. */
function changed(evidence: readonly Evidence[], post: Post): { evidence: Evidence[] } | undefined {
  const now = written(evidence);
  return JSON.stringify(now) === JSON.stringify(post.evidence) ? undefined : { evidence: now };
}

function reasons({ text, evidence, confirmed }: Draft) {
  return { note: text, evidence: written(evidence), ...confirmations(confirmed) };
}
