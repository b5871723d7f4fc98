/** Each screen as its address makes it: which store it reads, and what the window is called. */

import { useLocation, useRoute } from "preact-iso";
import { ButtonLink } from "../design/Button.tsx";
import { later } from "../design/later.tsx";
import type { Api } from "../http/api.ts";
import type { Client } from "../live/client.ts";
import { prepareRooms } from "../live/rooms.ts";
import { prepareWorklists } from "../live/worklists.ts";
import { verifiable } from "../verification/types.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { useTitle } from "./useTitle.ts";

const OpenCases = later(async () => {
  const [file] = await Promise.all([import("./OpenCases.tsx"), prepareWorklists()]);
  return file.OpenCases;
});
const Ask = later(() => import("../ask/Ask.tsx").then((file) => file.Ask));
const ArchiveList = later(() => import("../archive/ArchiveList.tsx").then((file) => file.ArchiveList));
const ArchivedCase = later(() => import("../archive/ArchivedCase.tsx").then((file) => file.ArchivedCase));
const Moderation = later(() => import("../moderation/Moderation.tsx").then((file) => file.Moderation));
const OwnSanctions = later(() => import("../moderation/OwnSanctions.tsx").then((file) => file.OwnSanctions));
const Security = later(() => import("../security/Security.tsx").then((file) => file.Security));
const OwnVerification = later(() => import("../verification/OwnVerification.tsx").then((file) => file.OwnVerification));
const Queue = later(() => import("../verification/Queue.tsx").then((file) => file.Queue));
const Agreement = later(() => import("../observer/Agreement.tsx").then((file) => file.Agreement));
const ObserverHome = later(() => import("../observer/ObserverHome.tsx").then((file) => file.ObserverHome));
const Institutions = later(() => import("../institutions/Institutions.tsx").then((file) => file.Institutions));
const Reach = later(() => import("../reach/Reach.tsx").then((file) => file.Reach));
const Interests = later(() => import("../interests/Interests.tsx").then((file) => file.Interests));
const Rosters = later(() => import("../rosters/Rosters.tsx").then((file) => file.Rosters));
const Credibility = later(() => import("../credibility/Credibility.tsx").then((file) => file.Credibility));
const OwnAwards = later(() => import("../awards/OwnAwards.tsx").then((file) => file.OwnAwards));
const Insights = later(() => import("../insights/Insights.tsx").then((file) => file.Insights));

/** What every screen may use. */
export interface Given {
  api: Api;
  client: Client;
  me: Me;
}

export function WorklistScreen(given: Given) {
  const list = <OpenCases {...given} />;
  return given.me.role === "observer" ? <ObserverHome api={given.api}>{list}</ObserverHome> : list;
}

export function AskScreen({ client, me }: Given) {
  const { route } = useLocation();
  useTitle(t("app.ask"));
  return <Ask client={client} me={me} onOpened={(room: string) => route(`/case/${room}`, true)} />;
}

/** What a room is made of comes with its screen: who asks for help needs none of it. */
export const RoomScreen = later(async () => {
  const [file] = await Promise.all([import("./RoomScreen.tsx"), prepareRooms()]);
  return file.RoomScreen;
});

export function ArchiveScreen({ api }: Given) {
  useTitle(t("app.archive"));
  return <ArchiveList api={api} />;
}

export function ArchivedScreen({ api, client, me }: Given) {
  const { params } = useRoute();
  useTitle(t("app.archive"));
  return <ArchivedCase api={api} client={client} id={params["id"] ?? ""} me={me} />;
}

export function ModerationScreen({ api, me }: Given) {
  useTitle(t("app.moderation"));
  return <Moderation api={api} me={me} />;
}

export function OwnSanctionsScreen({ client }: Given) {
  useTitle(t("app.own_sanctions"));
  return <OwnSanctions standing={client.standing} />;
}

export function AccountScreen({ api }: Given) {
  useTitle(t("app.account"));
  return <Security api={api} />;
}

/** For those who have no account. */
export const RegisterScreen = later(() => import("../verification/Register.tsx").then((file) => file.Register));

export function OwnVerificationScreen({ api, me }: Given) {
  useTitle(t("app.verification"));
  return <OwnVerification api={api} me={me} />;
}

export function QueueScreen({ api }: Given) {
  useTitle(t("app.verifications"));
  return <Queue api={api} />;
}

export function AgreementScreen({ api }: Given) {
  useTitle(t("app.agreement"));
  return <Agreement api={api} />;
}

export function InstitutionsScreen({ api }: Given) {
  useTitle(t("app.institutions"));
  return <Institutions api={api} />;
}

export function ReachScreen({ api, me }: Given) {
  useTitle(t("app.reach"));
  return <Reach api={api} asked={verifiable(me)} />;
}

export function InterestsScreen({ api }: Given) {
  useTitle(t("app.interests"));
  return <Interests api={api} />;
}

export function RostersScreen({ api, me }: Given) {
  useTitle(t("app.rosters"));
  return <Rosters api={api} me={me} />;
}

export function InsightsScreen({ api }: Given) {
  useTitle(t("app.insights"));
  return <Insights api={api} />;
}

export function CredibilityScreen({ api, me }: Given) {
  const { params } = useRoute();
  useTitle(t("app.credibility"));
  return <Credibility key={params["id"]} api={api} me={me} person={params["id"]} />;
}

export function AwardsScreen({ api }: Given) {
  useTitle(t("app.awards"));
  return <OwnAwards api={api} />;
}

export function NowhereScreen() {
  return (
    <main class="page">
      <p>{t("app.not_found")}</p>
      <ButtonLink href="/">{t("app.to_worklist")}</ButtonLink>
    </main>
  );
}
