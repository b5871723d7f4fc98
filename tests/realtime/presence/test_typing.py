from realtime.presence.typing import LASTS_MS, TypingBoard


def test_typing_is_news_once() -> None:
    board = TypingBoard()
    assert [board.on("ana", now_ms) for now_ms in (0, 1_000, 5_999)] == [True, False, False]


def test_typing_ends_by_itself_and_is_told_once() -> None:
    board = TypingBoard()
    board.on("ana", 0)
    assert board.expire(LASTS_MS - 1) == []
    assert board.expire(LASTS_MS) == ["ana"]
    assert board.expire(LASTS_MS + 1) == []


def test_a_renewal_moves_the_end() -> None:
    board = TypingBoard()
    board.on("ana", 0)
    board.on("ana", 4_000)
    assert board.expire(LASTS_MS) == []
    assert board.expire(4_000 + LASTS_MS) == ["ana"]


def test_a_renewal_between_the_end_and_its_telling_is_no_news() -> None:
    board = TypingBoard()
    board.on("ana", 0)
    assert not board.on("ana", LASTS_MS + 100)
    assert board.expire(LASTS_MS + 100) == []


def test_who_stops_is_news_once_and_may_begin_again() -> None:
    board = TypingBoard()
    board.on("ana", 0)
    assert [board.off("ana"), board.off("ana"), board.off("ben")] == [True, False, False]
    assert board.expire(LASTS_MS) == []
    assert board.on("ana", LASTS_MS)


def test_those_who_end_together_are_told_in_order() -> None:
    board = TypingBoard()
    for person in ("cleo", "ana", "ben"):
        board.on(person, 0)
    assert board.expire(LASTS_MS) == ["ana", "ben", "cleo"]
