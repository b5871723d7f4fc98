from realtime.rooms.credibility.calibration import Bin, bins
from realtime.rooms.credibility.scores import Forecast


def test_forecasts_are_taken_together_by_tenths() -> None:
    given = [
        Forecast(0.7, True),
        Forecast(0.72, False),
        Forecast(0.05, False),
        Forecast(1.0, True),
        Forecast(0.3, True),
    ]
    assert bins(given) == [Bin(0.0, 1, 0.05, 0), Bin(0.3, 1, 0.3, 1), Bin(0.7, 2, 0.71, 1), Bin(0.9, 1, 1.0, 1)]
    assert bins(reversed(given)) == bins(given)


def test_of_nothing_there_is_no_bin() -> None:
    assert bins([]) == []
