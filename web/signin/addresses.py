"""Short-lived addresses of files: signed for one person's one session, so that one that leaks opens nothing."""

from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from itsdangerous import Signer

from web.signin.identify import Identity

LASTS_MS: Final = 300_000


class Addresses:
    """Signs and checks addresses of pictures. The person and the session are in the signature, not in the address."""

    def __init__(self, secret: bytes) -> None:
        derived = Signer(secret, salt=b"curbside.picture", key_derivation="hmac", digest_method=sha256).derive_key()
        self._signer = Signer(derived, key_derivation="none", digest_method=sha256)

    def signed(self, path: str, query: dict[str, str], identity: Identity, until: int) -> str:
        """The address of `path` with `query` for this reader, good until `until` (Unix ms)."""
        query = {**query, "until": str(until)}
        signature = self._signer.get_signature(_meant(path, query, identity)).decode()
        return f"{path}?{urlencode({**query, 'signature': signature})}"

    def fits(self, path: str, query: dict[str, str], identity: Identity, now_ms: int) -> bool:
        """Whether `signed` made this address for this reader, and not too long ago."""
        meant = {name: value for name, value in query.items() if name != "signature"}
        until = meant.get("until", "")
        if not (until.isascii() and until.isdigit() and len(until) < 19 and int(until) > now_ms):
            return False
        signature = query.get("signature", "").encode("utf-8", "replace")
        return self._signer.verify_signature(_meant(path, meant, identity), signature)


def _meant(path: str, query: dict[str, str], identity: Identity) -> bytes:
    parts = [path, urlencode(sorted(query.items())), identity.person.id, identity.session]
    return "\n".join(parts).encode()
