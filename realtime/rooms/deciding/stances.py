"""What is held of a post, by peers and by how the case turned out."""

from realtime.rooms.commands import Corroborate, Outcome
from realtime.rooms.deciding.texts import clean, worded
from realtime.rooms.events import Corroborated, OutcomeGiven
from realtime.rooms.evidence.checking import checked
from realtime.rooms.interests.stating import stated
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room


def corroborate(room: Room, person: Person, command: Corroborate) -> Corroborated:
    """A stance on another's post as its text is now, and what interests its author has."""
    post = room.posts[command.target]
    if post.by == person.id:
        raise Refused(Refusal.OWN_POST)
    held = post.opinions.get(person.id)
    if command.stance == "withdraw" and held is None:
        raise Refused(Refusal.NO_OPINION)
    same = held is not None and (held.stance, held.version) == (command.stance, post.version)
    if same and not (command.note or command.evidence):
        raise Refused(Refusal.SAME_OPINION)
    note = clean(command.note) if command.note else None
    return Corroborated(
        target=command.target,
        stance=command.stance,
        note=note,
        evidence=checked(command.evidence),
        interests=[] if command.stance == "withdraw" else stated(person.interests, f"{post.text} {note or ''}"),
    )


def outcome(room: Room, command: Outcome) -> OutcomeGiven:
    """How the case turned out, and which posts were right."""
    if any(target not in room.posts for target in (*command.supports, *command.contradicts)):
        raise Refused(Refusal.NO_SUCH_CLAIM)
    if not set(command.supports).isdisjoint(command.contradicts):
        raise Refused(Refusal.RIGHT_AND_WRONG)
    return OutcomeGiven(
        verdict=command.verdict,
        diagnosis=worded(command.diagnosis),
        how_known=worded(command.how_known),
        advice_used=worded(command.advice_used),
        state_24h=worded(command.state_24h),
        state_7d=worded(command.state_7d),
        harm=worded(command.harm),
        supports=command.supports,
        contradicts=command.contradicts,
    )
