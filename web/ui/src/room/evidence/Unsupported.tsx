import { useMemo } from "preact/hooks";
import { Icon } from "../../design/Icon.tsx";
import { t } from "../../words/words.ts";
import type { Post } from "../fold/post.ts";
import { claimIn } from "./claims.ts";
import "./evidence.css";
import "../../words/more/evidence.ts";

interface Props {
  post: Pick<Post, "text" | "kind">;
  /** What its author can do about it. */
  onAdd?: (() => void) | undefined;
}

/** The mark on a post that gives a dose or a drug, of which nobody has said what it rests on. */
export function Unsupported({ post: { text, kind }, onAdd }: Props) {
  const claim = useMemo(() => claimIn(text, kind), [text, kind]);
  if (claim === null) return null;
  return (
    <p class="unsupported">
      <Icon name="alert" />
      <span>{t(`evidence.unsupported_${claim}`)}</span>
      {onAdd && (
        <button type="button" class="unsupported-add" onClick={onAdd}>
          {t("evidence.add_yours")}
        </button>
      )}
    </p>
  );
}
