"""What is set for the demo beside what its environment sets."""

from typing import Final

from web.settings import Settings

LOOPBACK: Final = ("127.0.0.0/8", "::1")
MODERATOR: Final = "mo"


def for_demo(settings: Settings) -> Settings:
    """Its people, some hundred and fifty, all come from here; where nobody is named, its moderator is rung last."""
    trusted = (*settings.trusted_addresses, *LOOPBACK)
    coordinator = settings.coordinator or MODERATOR
    return settings.model_copy(update={"trusted_addresses": trusted, "coordinator": coordinator})
