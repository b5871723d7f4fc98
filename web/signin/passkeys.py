"""Passkeys: WebAuthn Level 3 ceremonies. Credentials are discoverable and verify their user: two factors in one."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from starlette.types import Scope
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.options_to_json_dict import options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from persistence.database import Database
from persistence.signin import passkeys, tables
from realtime.rooms.people import Person
from web.api.problems import Problem, unauthenticated
from web.clock import Clock
from web.signin.challenges import VALID_MS, Challenges
from web.signin.origins import own_origin

SIGN_IN: Final = "sign in"
MAKE: Final = "make"
REGISTER: Final = "register"
_REFUSED: Final = "This passkey was not accepted. Try again, or use another way to sign in."

Options = dict[str, Any]


class Credential(msgspec.Struct, frozen=True):
    """What a browser answers: `PublicKeyCredential.toJSON()`."""

    id: str
    rawId: str
    type: str
    response: dict[str, Any]

    def plain(self) -> dict[str, Any]:
        """As the library takes it."""
        return msgspec.structs.asdict(self)


class Passkeys:
    """Gives options and checks what comes back. `origins` are further allowed ones, as browsers write them."""

    def __init__(self, challenges: Challenges, database: Database, origins: Collection[str], now_ms: Clock) -> None:
        self._challenges = challenges
        self._database = database
        self._origins = origins
        self._now_ms = now_ms

    def to_make(
        self, scope: Scope, person: Person, known: Sequence[tables.Passkey] = (), purpose: str = MAKE
    ) -> Options:
        """What `navigator.credentials.create` is given for a new passkey of `person`."""
        options = generate_registration_options(
            rp_id=_party(scope),
            rp_name="Curbside",
            user_id=person.id.encode(),
            user_name=person.handle,
            challenge=self._challenges.fresh(f"{purpose} {person.id}"),
            timeout=VALID_MS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[_described(one) for one in known],
        )
        return options_to_json_dict(options)

    async def made(
        self, scope: Scope, person: str, credential: Credential, name: str, purpose: str = MAKE
    ) -> tables.Passkey:
        """The passkey that a browser has made, to be kept. Raises `Problem` (422) where it is none; `Unavailable`."""
        challenge = _challenge(credential)
        try:
            verified = verify_registration_response(
                credential=credential.plain(),
                expected_challenge=challenge,
                expected_rp_id=_party(scope),
                expected_origin=self._expected(scope),
                require_user_verification=True,
            )
        except Exception:  # what comes is anybody's: the library raises what its parsers raise
            raise _not_made() from None
        if not await self._challenges.spend(challenge, f"{purpose} {person}"):
            raise _not_made()
        return tables.Passkey(
            id=verified.credential_id,
            person=person,
            name=name,
            public_key=verified.credential_public_key,
            uses=verified.sign_count,
            transports=_transports(credential),
            backed_up=verified.credential_backed_up,
            created_at=self._now_ms(),
        )

    def to_use(self, scope: Scope, purpose: str, known: Sequence[tables.Passkey] = ()) -> Options:
        """What `navigator.credentials.get` is given; any passkey of this server's unless some are named."""
        options = generate_authentication_options(
            rp_id=_party(scope),
            challenge=self._challenges.fresh(purpose),
            timeout=VALID_MS,
            allow_credentials=[_described(one) for one in known],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json_dict(options)

    async def used(self, scope: Scope, credential: Credential, purpose: str) -> tables.Passkey:
        """The passkey that was used, as it was before. Raises `Problem` (401), whatever is wrong, or `Unavailable`."""
        challenge, id = _challenge(credential), _bytes(credential.id)
        row = await self._database.read(lambda sql: passkeys.find(sql, id))
        if row is None:
            raise unauthenticated(_REFUSED)
        try:
            verified = verify_authentication_response(
                credential=credential.plain(),
                expected_challenge=challenge,
                expected_rp_id=_party(scope),
                expected_origin=self._expected(scope),
                credential_public_key=row.public_key,
                credential_current_sign_count=row.uses,
                require_user_verification=True,
            )
        except Exception:  # as above
            raise unauthenticated(_REFUSED) from None
        if not _belongs(credential, row) or not await self._challenges.spend(challenge, purpose):
            raise unauthenticated(_REFUSED)
        uses, backed_up, now_ms = verified.new_sign_count, verified.credential_backed_up, self._now_ms()
        if not await self._database.write(
            lambda sql: passkeys.used(sql, row, uses=uses, backed_up=backed_up, now_ms=now_ms)
        ):
            raise unauthenticated(_REFUSED)
        return row

    def _expected(self, scope: Scope) -> list[str]:
        party = _party(scope)
        further = [origin for origin in self._origins if _within(urlsplit(origin).hostname or "", party)]
        return [own_origin(scope) or "", *further]


def _party(scope: Scope) -> str:
    """The relying party's id: the host name that the request was sent to (WebAuthn §5.1.2)."""
    origin = own_origin(scope)
    if origin is None:
        raise Problem(400, "invalid", "The `Host` of this request is not one. Use the address of the server.")
    return urlsplit(origin).hostname or ""


def _within(host: str, party: str) -> bool:
    return host == party or host.endswith(f".{party}")


def _challenge(credential: Credential) -> bytes:
    try:
        return bytes(parse_client_data_json(_bytes(credential.response["clientDataJSON"])).challenge)
    except Exception:  # as above
        raise unauthenticated(_REFUSED) from None


def _bytes(text: object) -> bytes:
    try:
        return base64url_to_bytes(str(text))
    except ValueError:
        return b""


def _belongs(credential: Credential, row: tables.Passkey) -> bool:
    """Whether the authenticator names the same person as we do (WebAuthn §7.2 step 6)."""
    handle = credential.response.get("userHandle")
    return handle is None or _bytes(handle) == row.person.encode()


def _described(row: tables.Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        id=row.id, transports=[AuthenticatorTransport(one) for one in row.transports.split()]
    )


def _transports(credential: Credential) -> str:
    given = credential.response.get("transports")
    named = given if isinstance(given, list) else []
    return " ".join(one.value for one in AuthenticatorTransport if one.value in named)


def _not_made() -> Problem:
    return Problem(422, "invalid", "This passkey was not accepted. Ask for new options and try again.")
