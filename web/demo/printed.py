"""What the terminal says of the demo."""

from collections.abc import Sequence

from realtime.rooms.people import Person
from web.demo.people import DemoPerson


def printed(people: Sequence[DemoPerson]) -> list[str]:
    """Line by line, after the one with the address."""
    width = max(len(_role(one.person)) for one in people)
    return [
        "",
        "Open it in a browser, choose who to be, and enter the case at the top: it is played for you.",
        "",
        "Sign in as  with the password",
        *(f"  {one.person.handle:8}  {one.password}  {_role(one.person):{width}}".rstrip() for one in people),
    ]


def _role(person: Person) -> str:
    return ", ".join(part.replace("_", " ") for part in (person.role, person.specialty or person.kind) if part)
