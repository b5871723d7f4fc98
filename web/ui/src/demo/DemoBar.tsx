import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { type Demo, direct, type Play, read } from "./demo.ts";
import "./demobar.css";
import "../words/more/demo.ts";
import "../design/drawings.ts";

const EVERY_MS = 2_000;

interface Props {
  api: Api;
  room: string;
  /** It is played again, in another room. */
  onMoved: (room: string) => void;
}

/** That this room is a play, how far it is, and its pause. Nothing in any other room. */
export function DemoBar({ api, room, onMoved }: Props) {
  const [play, ask] = usePlay(api);
  if (play?.room !== room) return null;
  const act = async (does: "play" | "pause" | "again") => {
    const said = await direct(api, does).catch(() => null);
    if (said && said.play.room !== room) onMoved(said.play.room);
    else ask();
  };
  return (
    <aside class="demobar" aria-label={t("demo.fiction")}>
      <p>{play.notice}</p>
      <span class="demobar-at figures">{t("demo.at", { at: clock(play.at_s), length: clock(play.length_s) })}</span>
      {play.state === "playing" && (
        <Button icon="pause" onClick={() => act("pause")}>
          {t("demo.pause")}
        </Button>
      )}
      {(play.state === "paused" || play.state === "waiting") && (
        <Button icon="play" onClick={() => act("play")}>
          {t("demo.play")}
        </Button>
      )}
      {play.state === "over" && (
        <Button icon="play" onClick={() => act("again")}>
          {t("demo.again")}
        </Button>
      )}
    </aside>
  );
}

function usePlay(api: Api): [Play | undefined, () => void] {
  const [play, setPlay] = useState<Play>();
  const ask = () =>
    void read(api).then(
      (demo: Demo) => setPlay(demo.play),
      () => undefined,
    );
  useEffect(() => {
    ask();
    const timer = setInterval(() => document.visibilityState === "visible" && ask(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return [play, ask];
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
