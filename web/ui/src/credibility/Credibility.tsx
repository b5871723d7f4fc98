import type { Api } from "../http/api.ts";
import type { Me } from "../wire/frames.ts";
import { ShortRecord } from "./ShortRecord.tsx";
import { WholeRecord } from "./WholeRecord.tsx";
import "./credibility.css";

interface Props {
  api: Pick<Api, "get">;
  me: Me;
  /** Whose it is, where it is not one's own. */
  person?: string | undefined;
}

/** How somebody's word held: all of it for oneself and for moderators, a word for colleagues. */
export function Credibility({ api, me, person }: Props) {
  if (!person || person === me.person) return <WholeRecord api={api} />;
  return me.role === "moderator" ? (
    <WholeRecord api={api} person={person} />
  ) : (
    <ShortRecord api={api} person={person} />
  );
}
