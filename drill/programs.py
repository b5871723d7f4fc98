"""Where the servers' programs are on this machine."""

import glob
import os
import pwd
import re
import shutil
from pathlib import Path


class Missing(Exception):
    """A program that is needed is not installed."""


def redis_program() -> str:
    """redis-server, or Valkey's. Raises `Missing`."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        raise Missing("redis-server is not installed; `sh scripts/servers` installs it")
    return found


def postgres_programs() -> Path:
    """The folder of initdb and postgres: the one in PATH, else the newest where scripts/servers looks too."""
    places = [
        *glob.glob("/usr/lib/postgresql/*/bin"),
        *glob.glob("/usr/libexec/postgresql*"),
        *glob.glob("/usr/pgsql-*/bin"),
        *glob.glob("/opt/homebrew/opt/postgresql*/bin"),
        *glob.glob("/usr/local/opt/postgresql*/bin"),
    ]
    in_path = shutil.which("initdb")
    newest_first = sorted(places, key=lambda place: int("".join(re.findall(r"\d+", place)) or 0), reverse=True)
    for place in [*([os.path.dirname(os.path.realpath(in_path))] if in_path else []), *newest_first]:
        if all(os.access(f"{place}/{name}", os.X_OK) for name in ("initdb", "postgres", "psql", "pg_isready")):
            return Path(place)
    raise Missing("PostgreSQL's initdb, postgres and psql are not installed; `sh scripts/servers` installs them")


def unprivileged_owner() -> tuple[int, int] | None:
    """Whom PostgreSQL runs as (user, group) when we are root, which it refuses to be."""
    if os.geteuid() != 0:
        return None
    people = {entry.pw_name: entry for entry in pwd.getpwall()}
    person = people.get("postgres") or people["nobody"]
    return person.pw_uid, person.pw_gid
