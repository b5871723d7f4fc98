from immutables import Map

from realtime.rooms.vitals.readings import MOST_READINGS, Readings, with_readings
from realtime.rooms.vitals.vital import Vital


def pains(readings: Readings) -> list[tuple[int, float]]:
    return [(one.taken_at, one.value) for one in readings["pain"]]


def after(*taken: tuple[int, float]) -> Readings:
    readings: Readings = Map()
    for at, value in taken:
        readings = with_readings(readings, [Vital("pain", value, "{score}")], at, 99)
    return readings


def test_readings_stand_in_the_order_in_which_they_were_told() -> None:
    assert pains(after((3, 1.0), (1, 2.0), (2, 3.0))) == [(3, 1.0), (1, 2.0), (2, 3.0)]


def test_the_last_told_stay() -> None:
    readings = after(*((at, 0.0) for at in range(MOST_READINGS)), (0, 9.0))
    assert (pains(readings)[0], pains(readings)[-1]) == ((1, 0.0), (0, 9.0))
    assert len(readings["pain"]) == MOST_READINGS


def test_each_vital_sign_goes_by_itself() -> None:
    readings = with_readings(after((1, 5.0)), [Vital("gcs", 15.0, "{score}")], 2, 99)
    assert {name: len(of) for name, of in readings.items()} == {"pain": 1, "gcs": 1}
