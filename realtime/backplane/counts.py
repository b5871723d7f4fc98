"""What a backplane has done so far, for the metrics."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """Messages `published` (the carrier has taken them), `received`, `dropped` on their way out; and `reconnects`."""

    published: int = 0
    received: int = 0
    dropped: int = 0
    reconnects: int = 0
