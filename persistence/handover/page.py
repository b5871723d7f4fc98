"""The handover note as a page of its own, to be printed: A4 or letter, black on white, with numbered pages."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import Final

from persistence.handover import words
from persistence.handover.times import Times
from persistence.handover.words import FRAME, GROUP, TITLE
from realtime.rooms.command import ActState
from realtime.rooms.handover import GROUPS, Advice, Handover

STYLE: Final = files(__package__).joinpath("page.css").read_text()
"""All of the page's style: what serves it names its digest."""


def as_page(note: Handover, times: Times) -> str:
    """The whole note as HTML."""
    parts = "".join(
        _section(f"{part.letter} {part.name}", _paragraphs(part.paragraphs)) for part in words.isbar(note, times)
    )
    advised = "".join(_group(note, group, times) for group in GROUPS)
    stands = _section("How it stands", _paragraphs(words.endings(note, times)))
    people = _section("Who took part", _list(map(words.who, note.people), "people"))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} {escape(note.case.id)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><main>'
        f"<header><h1>{TITLE}</h1><p>{escape(note.case.title)}</p>"
        f"<p>As of {times.of(note.as_of)}</p><p class=frame>{FRAME}</p></header>"
        f"{parts}{advised}{_questions(note, times)}{stands}{people}</main></body></html>"
    )


def _group(note: Handover, group: ActState | None, times: Times) -> str:
    advised = note.advised(group)
    if not advised:
        return ""
    items = "".join(f"<li>{_advice(advice, times)}</li>" for advice in advised)
    return _section(GROUP[group], f"<ol>{items}</ol>", group or "other")


def _advice(advice: Advice, times: Times) -> str:
    gone = " class=gone" if advice.retracted or advice.state == "stopped" else ""
    said = f"<p{gone}><strong>{_broken(advice.text or '(taken back)')}</strong></p>"
    claim = f"<p>{escape(words.claim(advice, times))} <b>{words.support(advice)}</b></p>"
    remarks = "".join(f"<p class=remark>{escape(line)}</p>" for line in words.remarks(advice))
    return said + claim + remarks + _list(words.stands(advice), "stands") + _list(words.steps(advice, times), "steps")


def _questions(note: Handover, times: Times) -> str:
    if not note.questions:
        return ""
    asked = (
        f"{words.who(question.by)} to {words.who(question.to)}, {times.of(question.at)}: {question.text}"
        for question in note.questions
    )
    return _section("Open questions", _list(asked, "questions"))


def _section(title: str, content: str, kind: str = "") -> str:
    named = f" class={kind}" if kind else ""
    return f"<section{named}><h2>{escape(title)}</h2>{content}</section>"


def _paragraphs(paragraphs: Iterable[str]) -> str:
    return "".join(f"<p>{_broken(paragraph)}</p>" for paragraph in paragraphs)


def _list(lines: Iterable[str], kind: str) -> str:
    items = "".join(f"<li>{_broken(line)}</li>" for line in lines)
    return f"<ul class={kind}>{items}</ul>" if items else ""


def _broken(text: str) -> str:
    """What people wrote, their line breaks kept; each paragraph finds its own direction."""
    return f'<span dir="auto">{escape(text)}</span>'
