"""Talking to hospitals' providers: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636) and nonce."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx2
import msgspec
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from realtime.errors import Unavailable
from web.clock import Clock
from web.signin.hospitals import Hospital

TIMEOUT_S: Final = 5.0
# What a provider says of itself, and its keys, are asked for again after so long.
KEPT_MS: Final = 3_600_000
LEEWAY_S: Final = 60
_MOST_BYTES: Final = 262_144
# Signed with a key that only the provider has: none with a shared secret, and never `none`.
_ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


class NotAccepted(Exception):
    """What a provider said is not what it must be. `why` is one word for the audit, never what it said."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Description(msgspec.Struct, frozen=True):
    """What a provider says of itself (OpenID Connect Discovery 1.0 §3), as far as we need it."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    authorization_response_iss_parameter_supported: bool = False


class Account(msgspec.Struct, frozen=True):
    """Whom a provider vouches for. `name`: what they are called there, for a first handle; may be empty."""

    issuer: str
    subject: str
    name: str


class _Known(msgspec.Struct):
    description: Description
    keys: KeySet
    asked_at: int


class Providers:
    """Every question is answered within seconds or `Unavailable`. Addresses are those of the operator's file only."""

    def __init__(self, now_ms: Clock) -> None:
        self._now_ms = now_ms
        self._known: dict[str, _Known] = {}
        self._asking = asyncio.Lock()
        self._http: httpx2.AsyncClient | None = None

    async def start_url(
        self, hospital: Hospital, redirect_uri: str, *, state: str, nonce: str, verifier: str, again: bool = False
    ) -> str:
        """Where the browser goes; `again`: the provider is to ask who it is even where it knows."""
        known = await self._provider(hospital)
        client = self._client(hospital, redirect_uri)
        asked = {"nonce": nonce} | ({"prompt": "login"} if again else {})
        url, _ = client.create_authorization_url(
            known.description.authorization_endpoint, state=state, code_verifier=verifier, **asked
        )
        await client.aclose()
        return str(url)

    async def account(
        self, hospital: Hospital, redirect_uri: str, *, code: str, nonce: str, verifier: str, issuer: str | None
    ) -> Account:
        """Whom the provider vouches for with this code. Raises `NotAccepted` or `Unavailable`."""
        known = await self._provider(hospital)
        named = known.description.authorization_response_iss_parameter_supported
        if (named or issuer is not None) and issuer != known.description.issuer:
            raise NotAccepted("issuer")  # RFC 9207 §2.4
        token = await self._token(hospital, known.description, redirect_uri, code, verifier)
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise NotAccepted("id_token")
        claims = await self._claims(hospital, known, id_token, nonce, token.get("access_token"))
        return account_of(hospital, claims)

    async def farewell(self, hospital: Hospital, back: str) -> str | None:
        """Where the browser goes to sign out there as well, or None (OpenID Connect RP-Initiated Logout 1.0)."""
        where = (await self._provider(hospital)).description.end_session_endpoint
        if where is None:
            return None
        asked = urlencode({"client_id": hospital.client_id, "post_logout_redirect_uri": back})
        return f"{where}{'&' if urlsplit(where).query else '?'}{asked}"

    async def close(self) -> None:
        """Close every connection."""
        if self._http is not None:
            await self._http.aclose()

    async def _token(
        self, hospital: Hospital, description: Description, redirect_uri: str, code: str, verifier: str
    ) -> Mapping[str, Any]:
        client = self._client(hospital, redirect_uri)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                token = await client.fetch_token(description.token_endpoint, code=code, code_verifier=verifier)
        except OAuthError as error:
            raise NotAccepted("code") from error
        except (httpx2.HTTPError, TimeoutError, ValueError):
            raise _away() from None
        finally:
            await client.aclose()
        return dict(token)

    async def _claims(
        self, hospital: Hospital, known: _Known, id_token: str, nonce: str, access_token: object
    ) -> CodeIDToken:
        try:
            try:
                decoded = jwt.decode(id_token, known.keys, algorithms=_ALGORITHMS)
            except ValueError:
                # A key that we have not seen: providers change theirs.
                decoded = jwt.decode(id_token, (await self._provider(hospital, anew=True)).keys, algorithms=_ALGORITHMS)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={
                    "iss": {"essential": True, "value": known.description.issuer},
                    "aud": {"essential": True, "value": hospital.client_id},
                    "exp": {"essential": True},
                },
                params={"nonce": nonce, "client_id": hospital.client_id, "access_token": access_token},
            )
            claims.validate(now=self._now_ms() // 1_000, leeway=LEEWAY_S)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise NotAccepted(getattr(error, "claim_name", None) or "id_token") from error
        return claims

    def _client(self, hospital: Hospital, redirect_uri: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=hospital.client_id,
            client_secret=hospital.client_secret,
            token_endpoint_auth_method=hospital.auth,
            scope=hospital.scope,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=TIMEOUT_S,
            follow_redirects=False,
            trust_env=False,
        )

    async def _provider(self, hospital: Hospital, *, anew: bool = False) -> _Known:
        known = self._known.get(hospital.id)
        if known is None or anew or self._now_ms() >= known.asked_at + KEPT_MS:
            async with self._asking:
                known = self._known[hospital.id] = await self._ask(hospital)
        return known

    async def _ask(self, hospital: Hospital) -> _Known:
        where = hospital.issuer.rstrip("/") + "/.well-known/openid-configuration"
        try:
            description = msgspec.json.decode(await self._get(where), type=Description)
            if description.issuer != hospital.issuer:
                raise NotAccepted("issuer")
            keys = KeySet.import_key_set(msgspec.json.decode(await self._get(description.jwks_uri)))
        except (msgspec.MsgspecError, JoseError, KeyError, TypeError, ValueError):
            raise _away() from None
        return _Known(description, keys, self._now_ms())

    async def _get(self, url: str) -> bytes:
        if self._http is None:
            self._http = httpx2.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False)
        data = bytearray()
        try:
            async with asyncio.timeout(TIMEOUT_S), self._http.stream("GET", url) as answer:
                answer.raise_for_status()
                async for part in answer.aiter_bytes():
                    data += part
                    if len(data) > _MOST_BYTES:
                        raise _away()
        except (httpx2.HTTPError, TimeoutError):
            raise _away() from None
        return bytes(data)


def account_of(hospital: Hospital, claims: Mapping[str, Any]) -> Account:
    """Whose these valid claims are. Raises `NotAccepted`."""
    for name, wanted in hospital.claims.items():
        found = claims.get(name)
        if found != wanted and not (isinstance(found, list) and wanted in found):
            raise NotAccepted("claims")
    if hospital.domains:
        email = str(claims.get("email", ""))
        domain = email.rpartition("@")[2].lower()
        if claims.get("email_verified") is not True or domain not in hospital.domains:
            raise NotAccepted("domain")
    subject, name = str(claims["sub"]), str(claims.get("preferred_username", ""))
    if not subject.isprintable():
        raise NotAccepted("sub")
    return Account(hospital.issuer, subject, name[:64] if name.isprintable() else "")


def _away() -> Unavailable:
    return Unavailable("The hospital's sign-in did not answer. Try again, or sign in another way.")
