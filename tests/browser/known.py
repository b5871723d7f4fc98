"""People of whom something is known before a test begins: what their opinions came to. Fiction."""

import sqlite3
from contextlib import closing

from tests.endtoend.site import Site

SPECIALTY = "paediatric_intensive_care"


def has_record(site: Site, handle: str, *scores: int) -> None:
    """So many opinions of this person were scored so, in thousandths, at `site`, which has not been started yet."""
    record = (SPECIALTY, "opinion", len(scores), sum(scores), sum(one**2 for one in scores), handle)
    with closing(sqlite3.connect(site.var / "curbside.db")) as database, database:
        database.execute(
            "INSERT INTO credibility (person, specialty, kind, n, sum, squares)"
            " SELECT id, ?, ?, ?, ?, ? FROM person WHERE handle = ?",
            record,
        )
