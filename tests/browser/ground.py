"""What sites that are visited with browsers begin with: people who have a password, and a token of each for tests."""

from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import Final

from drill.servers import Postgres, Redis
from tests.endtoend.prepared import prepared
from tests.endtoend.site import PASSWORD, SECRET, WRITERS, Ground

PEOPLE: Final = {
    "ana": ("--role=physician", "--specialty=paediatric_intensive_care", "--country=CH"),
    "ben": ("--role=physician", "--specialty=infectious_disease", "--country=KE"),
    "cleo": ("--role=clinician", "--country=NO"),
    "obi": ("--role=observer", "--kind=research", "--institution=Research institute"),
    "oda": ("--role=observer", "--kind=research", "--institution=Research institute"),
    "eve": ("--role=physician", "--specialty=cardiology", "--country=KE", "--institution=Lake hospital"),
    "mo": ("--role=moderator",),
}


def embedded_ground(folder: Path) -> Ground:
    """The ground of `Embedded`."""
    return Ground(folder, _people({"CURBSIDE_VAR": str(folder)}))


def cluster_ground(folder: Path, redis: Redis, postgres: Postgres) -> Ground:
    """The ground of `Cluster`."""
    name = f"browsers_{token_hex(4)}"
    database = postgres.database(name)
    keys = {"CURBSIDE_DATABASE_URL": database, "CURBSIDE_REDIS_URL": redis.url, "CURBSIDE_SECRET_KEY": SECRET}
    return Ground(folder, _people({"CURBSIDE_VAR": str(folder), **keys}), name)


def _people(environment: Mapping[str, str]) -> dict[str, str]:
    prepared("migrate", environment=environment)
    tokens = {name: _person(name, environment) for name in PEOPLE}
    return tokens | {f"writer{number}": token for number, token in enumerate(_writers(environment))}


def _person(name: str, environment: Mapping[str, str]) -> str:
    prepared("person", "add", name, *PEOPLE[name], "--password-stdin", environment=environment, words=f"{PASSWORD}\n")
    agreed = [*PEOPLE[name], "--agree"] if name == "obi" else PEOPLE[name][:1]
    return prepared("token", f"--person={name}", *agreed, environment=environment)


def _writers(environment: Mapping[str, str]) -> list[str]:
    out = Path(environment["CURBSIDE_VAR"]) / "tokens"
    prepared("token", f"--count={WRITERS}", "--role=physician", f"--out={out}", environment=environment)
    return out.read_text().split()
