"""A consult with something in every part of its handover note."""

from realtime.rooms.asking.resources import Resource
from realtime.rooms.commands import Act, AnyCommand, Close, Corroborate, Lead, Post, Retract, Vitals
from realtime.rooms.handover import Handover, composed
from realtime.rooms.people import Person
from realtime.rooms.vitals.vital import Vital
from tests.builders import AT, ana, ask, ben, cleo, mo, opening, story

MARKUP = "Two vials <b>here</b> & no CT."


def consult(*, closed: bool = False) -> Handover:
    """The note of it."""
    steps: list[tuple[Person, AnyCommand]] = [
        (cleo, ask(Vitals, taken_at=AT, values=[Vital("heart_rate", 96, "/min")])),
        (ana, ask(Post, text="Give adrenaline 0.5 mg i.m.\nAgain after 5 min.", kind="recommendation")),
        (ben, ask(Corroborate, target="e3", stance="agree", note="As in the guideline.")),
        (ben, ask(Post, text="Give one vial of antivenom.", kind="recommendation")),
        (ana, ask(Corroborate, target="e5", stance="disagree", note="Wait for the clotting test.")),
        (ana, ask(Post, text="No antivenom yet.", kind="recommendation", contradicts="e5")),
        (cleo, ask(Act, target="e3", state="accepted", read_back="Half a milligram, thigh.")),
        (cleo, ask(Act, target="e3", state="done")),
        (cleo, ask(Act, target="e5", state="cannot", reason="No vial is usable.")),
        (ana, ask(Post, text="Wrong room.", kind="recommendation")),
        (cleo, ask(Act, target="e11", state="accepted")),
        (ana, ask(Retract, target="e11", reason="Meant for another.")),
        (ben, ask(Post, text="Which snake was it?", kind="question", to="cleo")),
        (cleo, ask(Lead, person="mo")),
        (mo, ask(Post, text="I keep the plan.")),
    ]
    if closed:
        steps.append((cleo, ask(Close, disposition="Transferred", summary="Better, awake.")))
    first = opening(
        background=MARKUP,
        age_band="30-39",
        sex="female",
        acuity="asap",
        vitals=[Vital("heart_rate", 118, "/min"), Vital("temperature", 101.3, "[degF]")],
        vitals_at=AT - 60_000,
        resources=[Resource("ct", value=False), Resource("oxygen", value=True), Resource("transfer_hours", value=4.5)],
    )
    return composed(story(*steps, first=first))
