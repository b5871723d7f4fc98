import { effect } from "@preact/signals";
import { nameOf } from "../design/Person.tsx";
import { t } from "../words/words.ts";
import type { Desk } from "./desk.ts";
import type { Post, Warning } from "./fold/post.ts";
import type { Herald, News } from "./herald.ts";
import type { Item } from "./store/item.ts";
import { catchingUp } from "./store/store.ts";
import { seqOf } from "./timeline/places.ts";
import "../words/more/flags.ts";

interface Warned {
  readonly post: Post;
  readonly warning: Warning;
}

/** What others warn of, each warning once. Not what was on record when one came, though it may be loaded later. */
export function watchWarnings(
  { store, me, began }: Pick<Desk, "store" | "me" | "began">,
  herald: Pick<Herald, "tell">,
): () => void {
  let heard: number | null = null;
  return effect(() => {
    const items = store.timeline.value;
    if (!began.value || catchingUp(store)) return;
    const all = warned(items);
    const from = heard ?? Number.POSITIVE_INFINITY;
    heard = newest(items, all);
    for (const { post, warning } of all) {
      if (warning.seq > from && warning.by.person !== me.person) herald.tell(warns(post, warning));
    }
  });
}

function warned(items: readonly Item[]): Warned[] {
  const posts = items.flatMap((item) => (item.is === "post" ? [item.post] : []));
  return posts.flatMap((post) => post.warnings.map((warning) => ({ post, warning })));
}

/** The newest place in the record of which one sees anything. */
function newest(items: readonly Item[], all: readonly Warned[]): number {
  const seqs = [...items.map((item) => seqOf(item) ?? 0), ...all.map(({ warning }) => warning.seq)];
  return seqs.reduce((most, seq) => Math.max(most, seq), 0);
}

function warns({ by }: Post, warning: Warning): News {
  const reason = t(`flags.warned_${warning.reason}`);
  return {
    says: t("flags.tell_warned", { name: nameOf(warning.by), author: nameOf(by), reason }),
    concerns: true,
  };
}
