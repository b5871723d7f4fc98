import type { RefObject } from "preact";
import { ButtonLink, IconButton } from "../design/Button.tsx";
import { Icon, type IconName } from "../design/Icon.tsx";
import { Mark } from "../design/Mark.tsx";
import type { Notices } from "../live/notices.ts";
import { t, type Word } from "../words/words.ts";
import { useLocation } from "./location.tsx";
import "./topbar.css";

const MOST_SHOWN = 99;
const PLACES: { path: string; word: Word; icon: IconName }[] = [
  { path: "/", word: "app.worklist", icon: "list" },
  { path: "/archive", word: "app.archive", icon: "archive" },
];

interface Props {
  mayAsk: boolean;
  notices: Notices;
  onNotices: () => void;
  onMenu: () => void;
  menu: RefObject<HTMLButtonElement | null>;
}

/** Where one is and can go; the one filled button asks for help. Below on a phone, above elsewhere. */
export function TopBar({ mayAsk, notices, onNotices, onMenu, menu }: Props) {
  const { path } = useLocation();
  return (
    <header class="topbar">
      <a href="/" class="topbar-mark" aria-label={t("app.title")}>
        <Mark size={28} />
        <span class="topbar-name" aria-hidden="true">
          {t("app.title")}
        </span>
      </a>
      <nav class="topbar-places" aria-label={t("app.nav")}>
        {PLACES.map((place) => (
          <a
            key={place.path}
            href={place.path}
            class="topbar-place"
            aria-current={isAt(path, place.path) ? "page" : undefined}
          >
            <Icon name={place.icon} />
            <span>{t(place.word)}</span>
          </a>
        ))}
      </nav>
      {mayAsk && path !== "/ask" && (
        <ButtonLink href="/ask" look={path === "/" ? "next" : "plain"} icon="ask">
          <span class="topbar-long">{t("app.ask")}</span>
          <span class="topbar-short">{t("app.ask_short")}</span>
        </ButtonLink>
      )}
      <Unseen notices={notices} onOpen={onNotices} />
      <IconButton icon="menu" name={t("app.menu")} innerRef={menu} onClick={onMenu} />
    </header>
  );
}

/** That there is something new for one, and how much. Nothing else is ever here. */
function Unseen({ notices, onOpen }: { notices: Notices; onOpen: () => void }) {
  const { length: count } = notices.unseen.value;
  if (count === 0) return null;
  return (
    <button
      type="button"
      class="icon-button topbar-unseen"
      aria-label={t("app.notices_unseen", { count })}
      title={t("app.notices_unseen", { count })}
      onClick={onOpen}
    >
      <Icon name="bell" />
      <span class="topbar-count figures" aria-hidden="true">
        {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
      </span>
    </button>
  );
}

function isAt(path: string, place: string): boolean {
  return place === "/" ? path === "/" : path.startsWith(place);
}
