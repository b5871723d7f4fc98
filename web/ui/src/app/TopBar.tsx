import { useLocation } from "preact-iso";
import { ButtonLink, IconButton } from "../design/Button.tsx";
import { Icon, type IconName } from "../design/Icon.tsx";
import { Mark } from "../design/Mark.tsx";
import { t, type Word } from "../words/words.ts";
import "./topbar.css";

const PLACES: { path: string; word: Word; icon: IconName }[] = [
  { path: "/", word: "app.worklist", icon: "list" },
  { path: "/archive", word: "app.archive", icon: "archive" },
];

/** Where one is and can go; the one filled button asks for help. Below on a phone, above elsewhere. */
export function TopBar({ mayAsk, onMenu }: { mayAsk: boolean; onMenu: () => void }) {
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
      <IconButton icon="menu" name={t("app.menu")} onClick={onMenu} />
    </header>
  );
}

function isAt(path: string, place: string): boolean {
  return place === "/" ? path === "/" : path.startsWith(place);
}
