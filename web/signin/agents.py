"""What sort of browser somebody uses, in a few words, so that they recognise their own sessions."""

import re
from typing import Final

# The first that is found counts: every browser also claims to be some of those below it.
_BROWSERS: Final = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS: Final = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
_MOST: Final = 1_000


def agent(header: str) -> str:
    """For example `Firefox, Windows`; empty for what is no browser that we know."""
    header = header[:_MOST]
    browser = next((name for mark, name in _BROWSERS.items() if re.search(rf"\b{mark}/", header)), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in header), "")
    return ", ".join(filter(None, (browser, system)))
