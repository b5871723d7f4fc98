"""The rows of the fault matrix (docs/reliability.md), by what they break."""

from typing import Final

from drill.row import Row
from drill.rows import backplane, database, disks, lines, nodes, records, releases, rooms, sentinels

ROWS: Final[dict[str, Row]] = {
    row.number: row
    for part in (nodes, releases, backplane, sentinels, database, disks, lines, rooms, records)
    for row in part.ROWS
}
