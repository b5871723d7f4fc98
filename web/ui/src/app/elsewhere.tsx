/** The screens to which one seldom goes, as their addresses make them: what leads to them comes with the first of them. */

import type { FunctionComponent } from "preact";
import { ButtonLink } from "../design/Button.tsx";
import { later } from "../design/later.tsx";
import { seesFigures } from "../insights/sight.ts";
import { verifiable } from "../verification/types.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { useLocation } from "./location.tsx";
import { type Given, idOf, withoutId } from "./places.tsx";
import { useTitle } from "./useTitle.ts";
import "../words/more/places.ts";

const Moderation = later(() => import("../moderation/Moderation.tsx").then((file) => file.Moderation));
const OwnSanctions = later(() => import("../moderation/OwnSanctions.tsx").then((file) => file.OwnSanctions));
const Security = later(() => import("../security/Security.tsx").then((file) => file.Security));
const OwnVerification = later(() => import("../verification/OwnVerification.tsx").then((file) => file.OwnVerification));
const Queue = later(() => import("../verification/Queue.tsx").then((file) => file.Queue));
const Agreement = later(() => import("../observer/Agreement.tsx").then((file) => file.Agreement));
const Institutions = later(() => import("../institutions/Institutions.tsx").then((file) => file.Institutions));
const Reach = later(() => import("../reach/Reach.tsx").then((file) => file.Reach));
const Interests = later(() => import("../interests/Interests.tsx").then((file) => file.Interests));
const Rosters = later(() => import("../rosters/Rosters.tsx").then((file) => file.Rosters));
const Credibility = later(() => import("../credibility/Credibility.tsx").then((file) => file.Credibility));
const OwnAwards = later(() => import("../awards/OwnAwards.tsx").then((file) => file.OwnAwards));
const Surveys = later(() => import("../surveys/Surveys.tsx").then((file) => file.Surveys));
const BiasWatch = later(() => import("../bias/BiasWatch.tsx").then((file) => file.BiasWatch));
const Insights = later(() => import("../insights/Insights.tsx").then((file) => file.Insights));

interface Place {
  readonly screen: FunctionComponent<Given>;
  /** For whom it is there; for all unless said. */
  readonly sees?: (me: Me) => boolean;
}

const moderates = (me: Me) => me.role === "moderator";

const PLACES: Readonly<Record<string, Place>> = {
  "/account": { screen: AccountScreen },
  "/moderation": { screen: ModerationScreen, sees: moderates },
  "/moderation/bias": { screen: BiasScreen, sees: moderates },
  "/moderation/verifications": { screen: QueueScreen, sees: moderates },
  "/sanctions": { screen: OwnSanctionsScreen },
  "/verification": { screen: OwnVerificationScreen, sees: verifiable },
  "/agreement": { screen: AgreementScreen },
  "/institutions": { screen: InstitutionsScreen },
  "/reach": { screen: ReachScreen },
  "/interests": { screen: InterestsScreen, sees: verifiable },
  "/rosters": { screen: RostersScreen },
  "/credibility": { screen: CredibilityScreen, sees: verifiable },
  "/credibility/{id}": { screen: CredibilityScreen, sees: seesFigures },
  "/awards": { screen: AwardsScreen, sees: (me) => me.role !== "observer" },
  "/surveys": { screen: SurveysScreen, sees: (me) => moderates(me) || me.role === "observer" },
  "/insights": { screen: InsightsScreen, sees: seesFigures },
};

/** The screen of the address, where there is one for whoever is here. */
export function Elsewhere(given: Given) {
  const { path } = useLocation();
  const place = PLACES[path] ?? PLACES[withoutId(path)];
  const Screen = place && (place.sees?.(given.me) ?? true) ? place.screen : NowhereScreen;
  return <Screen {...given} />;
}

function ModerationScreen({ api, me }: Given) {
  useTitle(t("places.moderation"));
  return <Moderation api={api} me={me} />;
}

function BiasScreen({ api }: Given) {
  useTitle(t("places.bias"));
  return <BiasWatch api={api} />;
}

function OwnSanctionsScreen({ client }: Given) {
  useTitle(t("app.own_sanctions"));
  return <OwnSanctions standing={client.standing} />;
}

function AccountScreen({ api }: Given) {
  useTitle(t("places.account"));
  return <Security api={api} />;
}

function OwnVerificationScreen({ api, me }: Given) {
  useTitle(t("places.verification"));
  return <OwnVerification api={api} me={me} />;
}

function QueueScreen({ api }: Given) {
  useTitle(t("places.verifications"));
  return <Queue api={api} />;
}

function AgreementScreen({ api }: Given) {
  useTitle(t("places.agreement"));
  return <Agreement api={api} />;
}

function InstitutionsScreen({ api }: Given) {
  useTitle(t("places.institutions"));
  return <Institutions api={api} />;
}

function ReachScreen({ api, me }: Given) {
  useTitle(t("places.reach"));
  return <Reach api={api} asked={verifiable(me)} />;
}

function InterestsScreen({ api }: Given) {
  useTitle(t("places.interests"));
  return <Interests api={api} />;
}

function RostersScreen({ api, me }: Given) {
  useTitle(t("places.rosters"));
  return <Rosters api={api} me={me} />;
}

function CredibilityScreen({ api, me }: Given) {
  const { path } = useLocation();
  useTitle(t("places.credibility"));
  const person = idOf(path) || undefined;
  return <Credibility key={person} api={api} me={me} person={person} />;
}

function AwardsScreen({ api }: Given) {
  useTitle(t("places.awards"));
  return <OwnAwards api={api} />;
}

function SurveysScreen({ api, me }: Given) {
  useTitle(t("places.surveys"));
  return <Surveys api={api} me={me} />;
}

function InsightsScreen({ api }: Given) {
  useTitle(t("places.insights"));
  return <Insights api={api} />;
}

function NowhereScreen() {
  return (
    <main class="page">
      <p>{t("places.not_found")}</p>
      <ButtonLink href="/">{t("app.to_worklist")}</ButtonLink>
    </main>
  );
}
