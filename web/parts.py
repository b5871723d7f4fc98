"""What a web process consists of beside the live side: parts, each in a file of its own."""

from web.awards import Awards
from web.channels.part import Channels
from web.counting import Counting
from web.credibility import Credibility
from web.entrance import Entrance
from web.erasures import Erasures
from web.following_up import FollowingUp
from web.interests import Interests
from web.looks import LooksPart
from web.moderation import Moderation
from web.observers import Observers
from web.paging import Paging
from web.part import House, Part
from web.pictures import Pictures
from web.reach import Reach
from web.surveys import SurveysPart
from web.verification import Verification


def parts(house: House) -> list[Part]:
    """All parts of a web process, in the order of their start."""
    return [
        Awards(house),
        Channels(house),
        Credibility(house),
        Entrance(house),
        Erasures(house),
        FollowingUp(house),
        Interests(house),
        LooksPart(house),
        Moderation(house),
        Observers(house),
        Paging(house),
        Pictures(house),
        Reach(house),
        SurveysPart(house),
        Verification(house),
        Counting(house),
    ]
