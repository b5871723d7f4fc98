"""What a web process consists of beside the live side: parts, each in a file of its own."""

from web.erasures import Erasures
from web.looks import LooksPart
from web.moderation import Moderation
from web.part import House, Part


def parts(house: House) -> list[Part]:
    """All parts of a web process, in the order of their start."""
    return [Erasures(house), LooksPart(house), Moderation(house)]
