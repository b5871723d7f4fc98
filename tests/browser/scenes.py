"""Every screen of the UI with something on it: how a person gets there, on a site where the story has been told."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple

from playwright.async_api import Page

from tests.browser.person import DESK, PHONE, TABLET
from tests.browser.plays import (
    awarding,
    cases,
    consults,
    figures,
    moderating,
    observers,
    pictured,
    rooms,
    rung,
    selves,
    surveying,
)
from tests.browser.stage import Stage

NARROW: Final = (PHONE["width"], TABLET["width"])
ALL: Final = (*NARROW, DESK["width"])


class Scene(NamedTuple):
    """`play` brings a page there; `widths` are those of windows in which there is such a screen, in px."""

    play: Callable[[Stage], Awaitable[Page]]
    widths: tuple[int, ...] = ALL


SCENES: Final[dict[str, Scene]] = {
    "sign-in": Scene(selves.sign_in),
    "demo-sign-in": Scene(selves.demo_sign_in),
    "worklist": Scene(cases.worklist),
    "worklist-empty": Scene(cases.worklist_empty),
    "ask": Scene(cases.ask),
    "ask-with-errors": Scene(cases.ask_with_errors),
    "room-presenter": Scene(rooms.room_of_presenter),
    "room-disputing": Scene(rooms.room_disputing),
    # A form that is open scrolls as the window is made another: each width is played by itself.
    "room-flagging": Scene(rooms.room_flagging, (360,)),
    "room-flagging-wide": Scene(rooms.room_flagging, (1440,)),
    "room-viewer": Scene(rooms.room_of_viewer),
    "room-observer": Scene(rooms.room_of_observer),
    "room-closed": Scene(rooms.room_closed),
    "room-offline": Scene(rooms.room_offline),
    "room-refused": Scene(rooms.room_refused),
    "room-identifiers": Scene(rooms.room_identifiers),
    "ask-identifiers": Scene(cases.ask_identifiers),
    "room-unrecorded": Scene(rooms.room_unrecorded),
    "room-nowhere": Scene(cases.nowhere),
    "called": Scene(rung.called),
    "reading-back": Scene(rung.reading_back),
    "declining": Scene(rung.declining, NARROW),
    "room-ringing": Scene(rung.room_ringing),
    "ring-someone-else": Scene(rung.ring_sheet, NARROW),
    "black-out": Scene(pictured.blacking_out),
    "room-pictures": Scene(pictured.room_with_pictures),
    "picture": Scene(pictured.picture),
    "people": Scene(rooms.people_sheet, NARROW),
    "case": Scene(rooms.case_sheet, NARROW),
    "closing": Scene(rooms.closing_sheet, NARROW),
    "observers": Scene(rooms.observers_sheet, NARROW),
    "agreement": Scene(observers.agreement),
    "agreement-to-accept": Scene(observers.agreement_to_accept),
    "institutions": Scene(observers.institutions),
    "suspending": Scene(observers.suspending),
    "reach": Scene(rung.being_reached),
    "reach-undisturbed": Scene(rung.undisturbed, NARROW),
    "interests": Scene(selves.interests),
    "declaring": Scene(selves.declaring, NARROW),
    "rosters": Scene(rung.rosters),
    "roster-shifts": Scene(rung.shifts),
    "ask-interrupting": Scene(cases.ask_interrupting),
    "menu": Scene(cases.menu),
    # Wider, there is a token in sight, and when it ends.
    "account": Scene(selves.account, (PHONE["width"],)),
    "keys": Scene(rooms.keys_help),
    "moderation": Scene(moderating.moderation),
    "imposing": Scene(moderating.imposing_sheet, NARROW),
    "archive": Scene(cases.archive),
    "archived-case": Scene(cases.archived_case),
    "outcome": Scene(cases.outcome_sheet, NARROW),
    "awards": Scene(awarding.own_awards),
    "insights": Scene(figures.insights),
    "who-answers": Scene(figures.who_answers, (DESK["width"],)),
    "calibration": Scene(figures.calibration, (PHONE["width"],)),
    "bias-watch": Scene(figures.bias_watch),
    "bias-history": Scene(figures.bias_history),
    "record": Scene(selves.own_record),
    "record-claims": Scene(selves.own_claims),
    "record-of-colleague": Scene(selves.record_of_colleague, NARROW),
    "narrowing": Scene(selves.narrowing, NARROW),
    "register": Scene(selves.registering),
    "verification": Scene(selves.own_verification),
    "verifications": Scene(moderating.verifications),
    "worklist-counts": Scene(cases.worklist_counts),
    # Cases of their own, which are in the archive afterwards.
    "room-blind": Scene(consults.room_before_one_s_opinion),
    "opinion-sheet": Scene(consults.opinion_sheet),
    "room-opinions": Scene(consults.room_with_opinions),
    "room-opinions-weighed": Scene(consults.room_with_weighed_opinions),
    "room-plan": Scene(consults.room_with_a_plan),
    "room-evidence": Scene(consults.room_with_evidence),
    "room-adding-evidence": Scene(consults.room_adding_evidence),
    "room-taking-over": Scene(consults.room_to_take_over),
    "handing-over": Scene(consults.hand_over_sheet, NARROW),
    "room-poll": Scene(consults.room_with_a_poll, NARROW),
    "room-voted": Scene(consults.room_that_has_voted),
    "poll-sheet": Scene(consults.poll_sheet, NARROW),
    "survey": Scene(surveying.survey_sheet, NARROW),
    "room-awarding": Scene(awarding.room_awarding),
    "awarding-question": Scene(awarding.awarding_the_question, (PHONE["width"],)),
    "awards-given": Scene(awarding.awards_given),
    "award-desk": Scene(awarding.award_desk, (PHONE["width"], DESK["width"])),
    "surveys-asked": Scene(surveying.surveys_asked, (PHONE["width"], DESK["width"])),
    "asking-a-survey": Scene(surveying.asking_a_survey, (PHONE["width"], DESK["width"])),
}


def narrowest(name: str) -> dict[str, Any]:
    """Of a stage: in the smallest window that has this scene, for somebody who wants no motion."""
    viewport = {"width": SCENES[name].widths[0], "height": PHONE["height"]}
    return {"viewport": viewport, "reduced_motion": "reduce"}
