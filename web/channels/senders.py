"""Which channels this deployment has, and who sends by them."""

from collections.abc import Mapping

from persistence.channels.addresses import Keys
from persistence.database import Database
from web.channels.courier import Courier
from web.channels.gateway import gateway
from web.channels.mailing import Mailing
from web.channels.outgoing import ANYWHERE, Outgoing, Rules
from web.channels.phones import Phones
from web.channels.sending import Sender
from web.channels.webhooks import Webhooks
from web.channels.webpush import Vapid, WebPush
from web.clock import now_ms
from web.mail import Mail
from web.secret import vault_key
from web.settings import Settings


def courier(settings: Settings, database: Database) -> Courier:
    """The courier of this process. Made on its event loop."""
    return Courier(
        database=database,
        keys=Keys(vault_key(settings)),
        senders=senders(settings),
        now_ms=now_ms,
        second_ms=settings.second_channel_s * 1_000,
    )


def senders(settings: Settings) -> Mapping[str, Sender]:
    """Who sends by each kind of channel that there is here. Raises `InvalidSettings` as `gateway`."""
    link = public_address(settings)
    found: dict[str, Sender] = {
        "push": WebPush(vapid(settings), Outgoing(pushing(settings)), now_ms),
        "webhook": Webhooks(Outgoing(calling(settings)), link, now_ms),
    }
    if settings.smtp_url and settings.mail_from:
        found["email"] = Mailing(Mail(settings.smtp_url, settings.mail_from), link)
    known = gateway(settings.gateway)
    for kind, template in (("sms", known.sms), ("voice", known.voice)):
        if template is not None:
            found[kind] = Phones(template, Outgoing(ANYWHERE), link)
    return found


def pushing(settings: Settings) -> Rules:
    """Which push services are called: browsers name their own."""
    return Rules(settings.webhook_networks)


def calling(settings: Settings) -> Rules:
    """Which webhooks are called."""
    return Rules(settings.webhook_networks, settings.webhook_hosts)


def vapid(settings: Settings) -> Vapid:
    """The key by which push services know this deployment."""
    address = public_address(settings)
    secure = address if address.startswith("https://") else "https://curbside.invalid"
    return Vapid(vault_key(settings), f"mailto:{settings.mail_from}" if settings.mail_from else secure)


def public_address(settings: Settings) -> str:
    """The origin that stands in links: the first of `CURBSIDE_ORIGINS`, or none."""
    return settings.origins[0] if settings.origins else ""
