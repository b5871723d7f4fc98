from zoneinfo import ZoneInfo

from persistence.handover.text import COLUMNS, as_text
from persistence.handover.times import Times
from persistence.handover.words import FRAME
from realtime.rooms.handover import composed
from tests.builders import AT, opening
from tests.persistence.handover.sample import MARKUP, consult

TEXT = as_text(consult(), Times())


def test_it_says_first_what_it_is_and_who_decides() -> None:
    assert TEXT.splitlines()[0] == "HANDOVER NOTE   as of 2027-01-15 08:00 UTC"
    assert TEXT.splitlines()[1] == FRAME


def test_it_has_the_case_in_isbar() -> None:
    heads = [line for line in TEXT.splitlines() if line[1:3] == "  " and line[:1] in "ISBAR" and line.strip()]
    assert heads == ["I  IDENTIFY", "S  SITUATION", "B  BACKGROUND", "A  ASSESSMENT", "R  REQUEST"]
    assert MARKUP in TEXT and "Patient: 30-39 years, female." in TEXT


def test_it_has_advice_by_what_became_of_it_with_both_sides() -> None:
    done = TEXT[TEXT.index("\nDONE\n") : TEXT.index("\nNOT POSSIBLE HERE\n")]
    assert "1. Give adrenaline 0.5 mg i.m.\n   Again after 5 min." in done
    assert "1 agree, 0 dispute." in done and "Agrees: dr_ben (toxicology, T2, KE): As in the guideline." in done
    assert "INN: adrenaline is epinephrine." in done and "Half a milligram" in done
    impossible = TEXT[TEXT.index("\nNOT POSSIBLE HERE\n") : TEXT.index("\nADVISED, NOT TAKEN UP\n")]
    assert "Disputes: dr_ana" in impossible and "No vial is" in impossible


def test_it_has_the_newest_of_each_vital_sign_and_what_there_is_there() -> None:
    assert "Measured 2027-01-15 08:00 UTC: pulse 96 /min." in TEXT
    assert "Measured 2027-01-15 07:59 UTC: temperature 101.3 °F." in TEXT
    assert "118" not in TEXT
    assert "   There: oxygen.\n   Not there: ct.\n   4.5 hours of transfer.\n" in TEXT


def test_what_was_taken_back_has_no_text() -> None:
    assert "1. (taken back)" in TEXT and "Its author took it back." in TEXT and "Wrong room." not in TEXT


def test_it_has_the_questions_that_wait_and_who_took_part() -> None:
    assert "dr_ben (toxicology, T2, KE) to nurse_cleo (primary care, T1, PE)" in TEXT
    assert TEXT.endswith(
        "   dr_ana (cardiology, T3, CH)\n   dr_ben (toxicology, T2, KE)\n"
        "   mo_mod (emergency medicine, T3, FR)\n   nurse_cleo (primary care, T1, PE)\n"
    )


def test_a_closed_case_says_how_it_ended() -> None:
    assert "Closed 2027-01-15 08:00 UTC: Transferred." in as_text(consult(closed=True), Times())


def test_no_line_is_longer_than_a_message_shows() -> None:
    assert max(map(len, TEXT.splitlines())) <= COLUMNS


def test_times_are_those_of_both_sides() -> None:
    assert Times(ZoneInfo("America/Lima")).of(AT) == "2027-01-15 08:00 UTC (03:00 -05)"
    assert Times(ZoneInfo("Pacific/Auckland")).of(AT + 8 * 3_600_000) == "2027-01-15 16:00 UTC (2027-01-16 05:00 NZDT)"
    assert Times(ZoneInfo("Etc/UTC")).of(AT) == Times().of(AT) == "2027-01-15 08:00 UTC"


def test_an_empty_room_has_its_note() -> None:
    note = as_text(composed([opening()]), Times())
    assert "age and sex not said" in note and "Not said." in note and "The consult is open." in note
