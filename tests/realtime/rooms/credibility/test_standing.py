from realtime.rooms.credibility.shrinkage import Prior, Tally
from realtime.rooms.credibility.standing import has_merit, place

PRIOR = Prior(6.0, 4.0)


def mean(score: int, n: int = 10) -> Tally:
    return Tally(n, n * score, n * score**2)


def test_a_word_for_it_takes_more_than_chance_would_bring() -> None:
    assert [place(mean(score, 40), PRIOR) for score in (300, 620, 900)] == ["below", "about", "above"]
    assert place(mean(1_000, 1), PRIOR) == "about"


def test_merit_is_ten_and_better_than_the_median() -> None:
    peers = [mean(score) for score in (500, 550, 600, 650, 700)]
    assert has_merit(mean(610), PRIOR, peers)
    assert not has_merit(mean(600), PRIOR, peers)
    assert not has_merit(mean(900, 9), PRIOR, peers)


def test_of_few_peers_there_is_no_median() -> None:
    assert not has_merit(mean(900), PRIOR, [mean(500)] * 4 + [mean(500, 9)] * 20)
