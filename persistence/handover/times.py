"""Moments as a handover note says them."""

from datetime import UTC, datetime, tzinfo


class Times:
    """Moments in UTC, which both sides read, and in the zone of who reads it where that is another."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def of(self, at: int) -> str:
        """Unix ms as `2026-03-04 02:10 UTC (03:10 CET)`."""
        moment = datetime.fromtimestamp(at / 1_000, UTC)
        said = f"{moment:%Y-%m-%d %H:%M} UTC"
        there = moment.astimezone(self._zone) if self._zone else moment
        if there.utcoffset() == moment.utcoffset():
            return said
        day = "" if there.date() == moment.date() else f"{there:%Y-%m-%d} "
        return f"{said} ({day}{there:%H:%M} {there:%Z})"
