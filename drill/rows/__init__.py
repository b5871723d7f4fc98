"""The rows of the fault matrix (docs/reliability.md), by what they break."""

from typing import Final

from drill.row import Row
from drill.rows import backplane, database, lines, nodes, rooms

ROWS: Final[dict[str, Row]] = {
    row.number: row for row in (*nodes.ROWS, *backplane.ROWS, *database.ROWS, *lines.ROWS, *rooms.ROWS)
}
