import msgspec

from realtime.rooms.commands import Corroborate, Post
from realtime.rooms.events import Corroborated, Posted
from realtime.rooms.interests.interest import Interest, Stated
from realtime.rooms.interests.stating import MOST_STATED, natures_only, stated
from realtime.rooms.people import Person
from tests.builders import Seat, after, ana, ask, ben, happened, opened_room


def held(payer: str, since: str = "2020", *products: str) -> Interest:
    return Interest(payer, "speaker", since, "declared", products)


def payers(interests: list[Interest], text: str) -> list[str]:
    return [one.payer for one in stated(interests, text)]


def test_the_newest_come_first_and_there_are_five_at_most() -> None:
    interests = [held(f"p{year}", str(year)) for year in (2019, 2024, 2021, 2020, 2023, 2022)]
    assert payers(interests, "Wait.") == ["p2024", "p2023", "p2022", "p2021", "p2020"]
    assert MOST_STATED == 5


def test_a_product_that_the_text_names_comes_before_what_is_newer() -> None:
    interests = [held("new", "2026"), held("old", "2010", "amiodarone")]
    assert payers(interests, "Give Amiodarone, 300 mg.") == ["old", "new"]
    assert payers(interests, "Give amiodaronex.") == ["new", "old"]


def test_a_drug_is_named_by_any_of_its_names() -> None:
    interests = [held("new", "2026"), held("old", "2010", "acetylsalicylic acid")]
    assert payers(interests, "Start aspirin.") == ["old", "new"]
    assert payers([held("new", "2026"), held("old", "2010", "Aspirin")], "Acetylsalicylic acid now.") == ["old", "new"]


def test_no_interest_is_no_statement() -> None:
    assert stated((), "Give amiodarone.") == []


def test_observers_are_told_each_nature_once_and_nothing_else() -> None:
    told = [Stated("speaker", "Acme", "2020", "declared"), Stated("speaker", "Bolt"), Stated("grant", "Acme")]
    assert natures_only(told) == [Stated("speaker"), Stated("grant")]
    assert msgspec.to_builtins(natures_only(told)) == [{"nature": "speaker"}, {"nature": "grant"}]


def with_interest(person: Person) -> Person:
    return msgspec.structs.replace(person, interests=(held("Acme Pharma", "2024-03", "fomepizole"),))


def test_a_post_has_its_authors_interests_as_they_are_then() -> None:
    room = opened_room()
    said = happened(room, Seat(with_interest(ana)), ask(Post, text="Wait.", kind="comment"))[0].body
    assert isinstance(said, Posted)
    assert said.interests == [Stated("speaker", "Acme Pharma", "2024-03", "declared")]
    silent = happened(room, Seat(ana), ask(Post, text="Wait.", kind="comment"))[0].body
    assert "interests" not in msgspec.to_builtins(silent)


def test_a_corroboration_has_them_and_its_withdrawal_none() -> None:
    advised = after(opened_room(), Seat(ana), ask(Post, text="Fomepizole now.", kind="recommendation"))
    target = next(iter(advised.posts))
    agree = ask(Corroborate, target=target, stance="agree")
    said = happened(advised, Seat(with_interest(ben)), agree)[0].body
    assert isinstance(said, Corroborated) and [one.payer for one in said.interests] == ["Acme Pharma"]
    agreed = after(advised, Seat(ben), agree)
    gone = happened(agreed, Seat(with_interest(ben)), ask(Corroborate, target=target, stance="withdraw"))[0].body
    assert isinstance(gone, Corroborated) and gone.interests == []
