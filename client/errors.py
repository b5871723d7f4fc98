"""What can go wrong for a caller of the client: one tree."""

from pathlib import Path
from typing import Any


class ClientError(Exception):
    """Root of the tree."""


class RefusedByServer(ClientError):
    """The answer is no; nothing has changed. `code` is one of the protocol's, `message` one plain sentence.

    `spans` with `identifiers_found`: what may tell who a patient is, as `[from, to, rule]` in code points; what of it
    identifies nobody goes into `not_identifying` of the next try. Of a case, by field; of a command, in `field`.
    """

    def __init__(
        self,
        code: str,
        message: str,
        retry_after_ms: int | None = None,
        *,
        spans: Any = None,
        field: str | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.retry_after_ms = retry_after_ms
        self.spans = spans
        self.field = field


class ProtocolError(ClientError):
    """One of the two sides broke the protocol. The client stops: to go on would be to guess."""


class SignInRefused(ClientError):
    """The server does not know, or no longer knows, who this is. The client stops."""


class ConnectionLost(ClientError):
    """The connection went away before the answer to something that does not outlive it. Ask again."""


class ClientClosed(ClientError):
    """The client was closed while this was waited for. Commands stay in the outbox file, where there is one."""


class OutboxLocked(ClientError):
    """Another process, or another client of this one, has this outbox open."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is in use by another client. Give each client an outbox of its own.")


class OutboxOfAnother(ClientError):
    """The outbox holds commands of another person; sent now, they would go on record under the wrong name."""
