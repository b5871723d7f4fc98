"""The part of a web process that registers and verifies people."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from persistence.verification.keys import Keys
from persistence.verification.policy import Policy
from web.api.own_documents import OwnDocuments
from web.api.own_verification import OwnVerification
from web.api.registrations import Registrations
from web.api.verifications import Verifications
from web.api.verified import Bureau
from web.api.vouching import Vouching
from web.entrance import beginning, passkeys
from web.mail import Mail
from web.part import House, Part
from web.settings import Settings
from web.signin.passwords import Passwords


class Verification(Part):
    """Registration, one's own page, vouches, and the moderators' queue."""

    def __init__(self, house: House) -> None:
        bureau = Bureau(
            house.database,
            house.door,
            house.audit,
            Keys(house.vault_key),
            policy(house.settings),
            mail(house.settings),
            house.hub.people_changed,
            house.now_ms,
        )
        self._passwords = Passwords()
        self._routes: list[BaseRoute] = [
            *Registrations(
                bureau, house.settings.registration, self._passwords, passkeys(house), beginning(house)
            ).routes(),
            *OwnVerification(bureau).routes(),
            *OwnDocuments(bureau).routes(),
            *Vouching(bureau).routes(),
            *Verifications(bureau).routes(),
        ]

    def routes(self) -> Sequence[BaseRoute]:
        return self._routes

    async def close(self) -> None:
        """End the threads that hash passwords."""
        self._passwords.close()


def policy(settings: Settings) -> Policy:
    """How this deployment verifies."""
    return Policy(
        automatic=settings.verify_automatically == "on",
        tier_days=(0, settings.t1_days, settings.t2_days, settings.t3_days),
        notice_days=settings.renewal_notice_days,
        kept_days=settings.documents_kept_days,
    )


def mail(settings: Settings) -> Mail | None:
    """Who sends mail, where somebody does."""
    return Mail(settings.smtp_url, settings.mail_from) if settings.smtp_url and settings.mail_from else None
