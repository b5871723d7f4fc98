"""On how many disks a commit in PostgreSQL stands, as the server says."""

import re
from typing import Final, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from persistence.disks import Disks

# Under these a commit is acknowledged when it is flushed here and on every standby that it waits for.
FLUSHED: Final = ("on", "remote_apply")

_names = re.compile(r"\s*(?:(?:FIRST|ANY)\s+)?(\d+)\s*\(", re.IGNORECASE)

# What `pg_stat_replication` says of a standby is hidden from most roles; the settings are not.
_ASK: Final = text(
    """
    SELECT current_setting('synchronous_standby_names') AS names, current_setting('synchronous_commit') AS commit,
        current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
        pg_has_role('pg_read_all_stats', 'USAGE') AS sees,
        (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')) AS standbys
    """
)


class Replication(NamedTuple):
    """The server's settings, and how many synchronous standbys are connected, if this role `sees` that."""

    names: str
    commit: str
    fsync: str
    full_page_writes: str
    sees: bool
    standbys: int


def disks(session: Session) -> Disks:
    """What the server says now."""
    return judged(Replication(*session.connection().execute(_ASK).one()))


def judged(found: Replication) -> Disks:
    """The disks that a commit is on before it is acknowledged."""
    own = int(found.commit != "off" and found.fsync == "on")
    waited_for = _waited_for(found.names) if found.commit in FLUSHED else 0
    there = min(waited_for, found.standbys) if found.sees else waited_for
    return Disks(own + there, tuple(_warnings(found, waited_for)))


def _waited_for(names: str) -> int:
    """How many standbys a commit waits for: `names` is `ANY 2 (…)`, `FIRST 1 (…)`, `2 (…)`, or a list for one."""
    if not names.strip():
        return 0
    counted = _names.match(names)
    return int(counted[1]) if counted else 1


def _warnings(found: Replication, waited_for: int) -> list[str]:
    said = []
    if found.fsync != "on":
        said.append("PostgreSQL's fsync is off: a crash of its machine loses what was acknowledged; set fsync = on.")
    if found.full_page_writes != "on":
        said.append(
            "PostgreSQL's full_page_writes is off: a crash of its machine may tear pages for good; "
            "set full_page_writes = on."
        )
    if found.commit not in FLUSHED:
        said.append(
            f"PostgreSQL's synchronous_commit is {found.commit} although Curbside asks for on: "
            "let nothing in between change what its connections ask for."
        )
    if waited_for and not found.sees:
        said.append(
            "Which synchronous standbys are there is hidden from the database's role: grant it pg_read_all_stats."
        )
    elif found.standbys < waited_for:
        said.append(
            f"PostgreSQL waits for {waited_for} synchronous standbys and {found.standbys} are there: "
            "nothing is acknowledged until they are back."
        )
    return said
