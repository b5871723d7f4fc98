from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from realtime.partial import Partial

payloads = st.lists(st.one_of(st.binary(max_size=140), st.just(bytes(65_540))), max_size=5)


@given(payloads, st.data())
def test_pieces_end_where_frames_end_however_they_come(sent: list[bytes], data: st.DataObject) -> None:
    frames = [Frame(Opcode.TEXT, payload).serialize(mask=True) for payload in sent]
    stream = b"".join(frames)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=6).map(sorted))
    partial, found, whole = Partial(), b"", []
    for start, stop in pairwise([0, *cuts, len(stream)]):
        pieces = partial.cut(stream[start:stop])
        assert b"".join(pieces) == stream[start:stop]
        for number, piece in enumerate(pieces):
            found += piece
            if number < len(pieces) - 1 or partial.empty:
                whole.append(found)
                found = b""
    assert b"".join(whole) == stream
    assert partial.empty
    assert whole == frames


@given(st.binary(min_size=1, max_size=300), st.data())
def test_what_has_come_of_a_payload_is_seen_before_its_end(payload: bytes, data: st.DataObject) -> None:
    sent = Frame(Opcode.TEXT, payload).serialize(mask=True)
    stop = data.draw(st.integers(0, len(sent) - 1))
    header = len(sent) - len(payload)
    partial = Partial()
    assert partial.cut(sent[:stop]) == ([sent[:stop]] if stop else [])
    start = data.draw(st.integers(0, max(0, stop - header)))
    assert partial.payload(start) == payload[start : max(0, stop - header)]
    assert partial.is_text(False) == (stop >= 2)
