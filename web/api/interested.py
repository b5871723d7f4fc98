"""What the handlers of interests share."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from persistence.database import Database
from persistence.verification.keys import Keys
from realtime.ports import Audit
from web.clock import Clock
from web.signin.identify import Door


class InterestDesk(msgspec.Struct, frozen=True):
    """What interests are kept with. `changed` tells every node that these people are not who they were."""

    database: Database
    door: Door
    audit: Audit
    keys: Keys
    changed: Callable[[Sequence[str]], Awaitable[None]]
    now_ms: Clock
