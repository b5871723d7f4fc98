from realtime.backplane.outbox import AT_ONCE, KEPT_S, MOST, Letter, Outbox

NOW_S = 100.0


def letter(number: int, at_s: float = NOW_S, size: int = 8) -> Letter:
    return Letter(at_s, b"room", b"%0*d" % (size, number))


def numbers(letters: list[Letter]) -> list[int]:
    return [int(letter.payload[-8:]) for letter in letters]


def test_letters_leave_in_the_order_in_which_they_came() -> None:
    outbox = Outbox()
    for number in range(3):
        assert outbox.put(letter(number)) == 0
    letters, dropped = outbox.take(NOW_S)
    assert (numbers(letters), dropped, len(outbox)) == ([0, 1, 2], 0, 0)


def test_what_is_too_much_for_once_leaves_the_next_time() -> None:
    outbox = Outbox()
    for number in range(AT_ONCE + 1):
        outbox.put(letter(number))
    assert [len(outbox.take(NOW_S)[0]) for _ in range(3)] == [AT_ONCE, 1, 0]


def test_large_letters_do_not_leave_all_at_once() -> None:
    outbox = Outbox()
    for number in range(4):
        outbox.put(letter(number, size=800_000))
    assert [numbers(outbox.take(NOW_S)[0]) for _ in range(2)] == [[0, 1], [2, 3]]


def test_the_oldest_letters_give_way_when_there_are_too_many() -> None:
    outbox = Outbox()
    dropped = sum(outbox.put(letter(number)) for number in range(MOST + 5))
    assert (dropped, len(outbox)) == (5, MOST)
    assert numbers(outbox.take(NOW_S)[0])[0] == 5


def test_the_oldest_letters_give_way_when_they_are_too_large() -> None:
    outbox = Outbox()
    assert sum(outbox.put(letter(number, size=4_000_000)) for number in range(6)) == 2
    assert numbers(outbox.take(NOW_S)[0]) == [2]


def test_a_letter_that_is_larger_than_the_outbox_is_dropped() -> None:
    outbox = Outbox()
    assert outbox.put(letter(1, size=17 * 1_024 * 1_024)) == 1
    assert outbox.put(letter(2)) == 0
    assert numbers(outbox.take(NOW_S)[0]) == [2]


def test_letters_that_have_waited_too_long_are_dropped() -> None:
    outbox = Outbox()
    for number, at_s in enumerate([NOW_S, NOW_S + 0.1, NOW_S + 0.5]):
        outbox.put(letter(number, at_s))
    letters, dropped = outbox.take(NOW_S + KEPT_S + 0.2)
    assert (numbers(letters), dropped) == ([2], 2)
