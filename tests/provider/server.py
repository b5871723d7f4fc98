"""A real OpenID Connect provider (npm's oidc-provider), started for tests."""

from pathlib import Path
from typing import Any, Final

import httpx

from drill.programs import Missing
from drill.servers import Server

HERE: Final = Path(__file__).parent
SECRET: Final = "a secret that both of us keep"


class Provider(Server):
    """One hospital's. `redirects` are where browsers may be sent back to."""

    redirects = ("http://testserver/api/signin/back",)

    @property
    def url(self) -> str:
        """Its issuer."""
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """How it is started: by the project's Node."""
        if not (HERE / "node_modules" / ".lock").exists():
            raise Missing("the tests' OpenID Connect provider is not installed; `sh scripts/provider` installs it")
        node = str(HERE.parents[1] / "scripts" / "node")
        return ["sh", node, "node", str(HERE / "provider.js"), str(self.port), *self.redirects]

    def answers(self) -> bool:
        """Whether it does."""
        try:
            return httpx.get(f"{self.url}/.well-known/openid-configuration").status_code == 200
        except httpx.TransportError:
            return False

    def knows(self, sub: str, **claims: Any) -> None:
        """Whoever signs in from now on is this account."""
        httpx.post(f"{self.url}/who", json={"sub": sub, **claims}).raise_for_status()

    def bend(self, **claims: Any) -> None:
        """The next ID token says this instead."""
        httpx.post(f"{self.url}/bend", json=claims).raise_for_status()

    def settings(self, **more: str) -> str:
        """The file that makes it a hospital here; `more` are lines of TOML."""
        lines = {
            "id": '"st-olav"',
            "name": '"St. Olav"',
            "issuer": f'"{self.url}"',
            "client_id": '"curbside"',
            "client_secret": f'"{SECRET}"',
            "institution": '"st-olav"',
            "country": '"NO"',
            **more,
        }
        return "[[hospital]]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items())
