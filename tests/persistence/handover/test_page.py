import re
from html.parser import HTMLParser

from persistence.handover.page import STYLE, as_page
from persistence.handover.times import Times
from persistence.handover.words import FRAME
from tests.persistence.handover.sample import consult

PAGE = as_page(consult(), Times())


class Seen(HTMLParser):
    """The tags of a page in order, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_every_tag_is_closed_and_what_was_written_is_no_markup() -> None:
    seen = Seen()
    seen.feed(PAGE)
    assert seen.open == []
    assert "Two vials <b>here</b> & no CT." in seen.words and "<b>here" not in PAGE


def test_it_says_who_decides_on_every_printed_page_and_numbers_them() -> None:
    assert FRAME in PAGE and f'content: "{FRAME}"' in STYLE
    assert "counter(page)" in STYLE and "counter(pages)" in STYLE


def test_it_brings_nothing_along_and_asks_nothing_of_anybody() -> None:
    assert not re.search(r"<(script|img|link|a|form|iframe)\b|url\(|@import", PAGE)


def test_it_has_each_group_of_advice() -> None:
    assert re.findall(r"<section class=(\w+)>", PAGE) == ["accepted", "done", "cannot", "other"]
