"""What the bench posts is let by: a text that could tell who a patient is would be refused, not measured."""

import pytest

from bench import famous, paced
from bench.rows import stalled
from realtime.rooms.identifiers.finding import found
from tests.bench.peers import stamp


@pytest.mark.parametrize("text", [famous.TEXT, paced.TEXT, stalled.TEXT])
def test_the_gate_finds_nothing_in_what_the_bench_posts(text: str) -> None:
    for number in range(300):
        written = text.replace("{stamp}", stamp(number, ago_ms=number * 7_919)).replace("{pad:273}", "abcdefghij" * 27)
        assert not found(written.replace("{pad:3000}", "abcdefghij" * 300))
