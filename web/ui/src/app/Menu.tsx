import { useEffect } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Person } from "../design/Person.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { seesFigures } from "../insights/sight.ts";
import type { Client } from "../live/client.ts";
import type { Me } from "../wire/frames.ts";
import { t, type Word } from "../words/words.ts";
import { SignOut } from "./SignOut.tsx";
import { choose, THEMES, theme } from "./theme.ts";
import "../design/field.css";
import "./menu.css";
import "../words/more/keys.ts";
import "../words/more/menu.ts";
import "../words/more/places.ts";

interface Props {
  me: Me;
  client: Pick<Client, "notices" | "standing">;
  /** How many commands are not on record yet: they go when one signs out. */
  waiting: number;
  onKeys: () => void;
  onNotices: () => void;
  onAccount: () => void;
  /** A sentence where it could not be. */
  onSignOut: () => Promise<string | undefined>;
  onClose: () => void;
}

interface Way {
  readonly path: string;
  readonly word: Word;
}

const REACH: Way = { path: "/reach", word: "places.reach" };
const AWARDS: Way = { path: "/awards", word: "places.awards" };
const SURVEYS: Way = { path: "/surveys", word: "places.surveys" };
const OF_DOCTORS: readonly Way[] = [
  REACH,
  { path: "/verification", word: "places.verification" },
  { path: "/interests", word: "places.interests" },
  { path: "/credibility", word: "places.credibility" },
  AWARDS,
];
/** By role, where only some go. */
const LINKS: Readonly<Record<string, readonly Way[]>> = {
  clinician: OF_DOCTORS,
  physician: OF_DOCTORS,
  observer: [REACH, SURVEYS],
  moderator: [
    REACH,
    { path: "/moderation/verifications", word: "places.verifications" },
    { path: "/moderation/bias", word: "places.bias" },
    { path: "/rosters", word: "places.rosters" },
    SURVEYS,
    AWARDS,
  ],
};
const WAYS: Readonly<Record<string, Way>> = {
  observer: { path: "/agreement", word: "places.agreement" },
  moderator: { path: "/institutions", word: "places.institutions" },
};

/** Who one is here, how the page looks, and the way out. Where most of its ways lead is fetched with it. */
export function Menu({ me, client, waiting, onKeys, onNotices, onAccount, onSignOut, onClose }: Props) {
  const way = WAYS[me.role];
  useEffect(() => void import("./elsewhere.tsx").catch(() => undefined), []);
  return (
    <Sheet title={t("app.menu")} onClose={onClose} foot={<SignOut waiting={waiting} onSignOut={onSignOut} />}>
      <p class="menu-me">
        <Person by={me} />
      </p>
      {(LINKS[me.role] ?? []).map(({ path, word }) => (
        <p key={path} class="menu-link">
          <a href={path} onClick={onClose}>
            {t(word)}
          </a>
        </p>
      ))}
      {seesFigures(me) && (
        <p class="menu-link">
          <a href="/insights" onClick={onClose}>
            {t("places.insights")}
          </a>
        </p>
      )}
      <Ways me={me} client={client} onNotices={onNotices} onClose={onClose} />
      {way && (
        <p class="menu-way">
          <a href={way.path} onClick={onClose}>
            {t(way.word)}
          </a>
        </p>
      )}
      <fieldset class="menu-themes">
        <legend>{t("menu.theme")}</legend>
        {THEMES.map((one) => (
          <label key={one} class="tick">
            <input type="radio" name="theme" checked={theme.value === one} onChange={() => choose(one)} />
            {t(`menu.theme_${one}`)}
          </label>
        ))}
      </fieldset>
      <div class="menu-ways">
        <Button onClick={onKeys}>{t("keys.title")}</Button>
        <Button onClick={onAccount}>{t("places.account")}</Button>
      </div>
    </Sheet>
  );
}

/** Where only some go. */
function Ways({ me, client, onNotices, onClose }: Pick<Props, "me" | "client" | "onNotices" | "onClose">) {
  const { notices, standing } = client;
  useEffect(() => (me.role === "observer" ? undefined : standing.wanted()), [standing]);
  const imposed = (standing.all.value ?? []).length > 0;
  const told = notices.all.value.length > 0;
  if (me.role !== "moderator" && !imposed && !told) return null;
  return (
    <ul class="menu-ways">
      {me.role === "moderator" && (
        <li>
          <a href="/moderation" onClick={onClose}>
            {t("places.moderation")}
          </a>
        </li>
      )}
      {imposed && (
        <li>
          <a href="/sanctions" onClick={onClose}>
            {t("app.own_sanctions")}
          </a>
        </li>
      )}
      {told && (
        <li>
          <Button onClick={onNotices}>{t("menu.notices")}</Button>
        </li>
      )}
    </ul>
  );
}
