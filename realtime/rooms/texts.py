"""What a command says in words that others will read."""

from collections.abc import Iterable, Iterator

from realtime.rooms.commands import AnyCommand, Close, Corroborate, Evidence, Outcome, Remove, Retract

CITED_IN_WORDS = ("experience", "guideline")
"""Evidence whose `ref` is words, not an address in the literature."""


def texts_of(command: AnyCommand) -> Iterator[tuple[str, str]]:
    """(field, text) of `command`, in the order of its fields. What is never shown is left out."""
    match command:
        case Retract(reason=reason) | Remove(reason=str(reason)):
            yield "reason", reason
        case Corroborate(note=note):
            yield from _given(note=note)
        case Close(disposition=disposition, summary=summary):
            yield from _given(disposition=disposition, summary=summary)
        case Outcome():
            yield from _given(
                diagnosis=command.diagnosis,
                how_known=command.how_known,
                advice_used=command.advice_used,
                state_24h=command.state_24h,
                state_7d=command.state_7d,
                harm=command.harm,
            )
        case _:
            yield from _given(text=getattr(command, "text", None))
    yield from _cited(getattr(command, "evidence", ()))


def _given(**texts: object) -> Iterator[tuple[str, str]]:
    return ((field, text) for field, text in texts.items() if isinstance(text, str))


def _cited(evidence: Iterable[Evidence]) -> Iterator[tuple[str, str]]:
    return ((f"evidence.{n}", item.ref) for n, item in enumerate(evidence) if item.type in CITED_IN_WORDS)
