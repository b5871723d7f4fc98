import { t } from "../../words/words.ts";
import "./mentions.css";
import "../../words/more/room.ts";

interface Props {
  id: string;
  names: readonly string[];
  at: number;
  onTake: (name: string) => void;
}

/** The people who may be meant, above the box in which one names them. */
export function Mentions({ id, names, at, onTake }: Props) {
  return (
    <div id={id} role="listbox" tabIndex={-1} class="mentions" aria-label={t("room.say_mention_list")}>
      {names.map((name, n) => (
        <div
          key={name}
          id={`${id}-${n}`}
          role="option"
          tabIndex={-1}
          class={n === at ? "mention-offer mention-at" : "mention-offer"}
          aria-selected={n === at}
          onPointerDown={(event) => {
            // The box keeps the focus.
            event.preventDefault();
            onTake(name);
          }}
        >
          <bdi>@{name}</bdi>
        </div>
      ))}
    </div>
  );
}
