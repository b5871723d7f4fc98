import datetime
import ipaddress
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from drill.servers import Redis
from realtime.backplane.redis import RedisBackplane
from realtime.errors import Unavailable
from tests.ears import Ears


class TlsRedis(Redis):
    """A redis-server that speaks TLS, on its second port, with a certificate of its own.

    It takes clients that have none, unless it is `strict`: then only those that show its own.
    """

    def __init__(self, strict: bool = False) -> None:
        super().__init__(ports=2)
        self.certificate = self.directory / "certificate.pem"
        self.key = self.directory / "key.pem"
        self.strict = strict
        certify(self.certificate, self.key, self.directory.name)

    @property
    def url(self) -> str:
        return f"rediss://127.0.0.1:{self.ports[1].number}?ssl_ca_certs={self.certificate}"

    @property
    def url_with_certificate(self) -> str:
        return f"{self.url}&ssl_certfile={self.certificate}&ssl_keyfile={self.key}"

    def command(self) -> list[str]:
        tls = ["--tls-port", str(self.ports[1].number), "--tls-auth-clients", "yes" if self.strict else "no"]
        files = ["--tls-cert-file", str(self.certificate), "--tls-key-file", str(self.key)]
        return [*super().command(), *tls, *files, "--tls-ca-cert-file", str(self.certificate)]


class TlsSentinel(TlsRedis):
    """A sentinel that speaks TLS, and sends nodes to the TLS port of `watched`."""

    def __init__(self, watched: TlsRedis) -> None:
        super().__init__(strict=True)
        self._file = self.directory / "sentinel.conf"
        tls = [f"tls-port {self.ports[1].number}", "tls-replication yes"]
        files = [f"tls-cert-file {self.certificate}", f"tls-key-file {self.key}"]
        # It trusts the server that it watches, and clients who show its own certificate or that server's.
        both = self.directory / "both.pem"
        both.write_bytes(self.certificate.read_bytes() + watched.certificate.read_bytes())
        monitor = f"sentinel monitor main 127.0.0.1 {watched.ports[1].number} 1"
        lines = [f"port {self.port}", "bind 127.0.0.1", *tls, *files, f"tls-ca-cert-file {both}", monitor]
        self._file.write_text("\n".join(lines) + "\n")

    def command(self) -> list[str]:
        return [self.program, str(self._file), "--sentinel"]


def certify(certificate: Path, key: Path, common_name: str) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


@pytest.fixture(scope="module")
def server() -> Iterator[TlsRedis]:
    with TlsRedis() as server:
        yield server


async def test_it_carries_over_tls_and_comes_back(server: TlsRedis) -> None:
    backplane, ears = RedisBackplane(server.url), Ears()
    backplane.subscribe("room:a")
    await backplane.start(ears)
    await ears.until_live("room:a")
    ears.live.clear()
    server.answer("CLIENT KILL TYPE pubsub")
    await ears.until_live("room:a")
    backplane.publish("room:a", b"hello")
    await ears.until_heard("room:a", b"hello")
    await backplane.close()


async def test_a_server_that_cannot_prove_who_it_is_is_not_used(server: TlsRedis) -> None:
    backplane = RedisBackplane(server.url.partition("?")[0])
    with pytest.raises(Unavailable):
        await backplane.start(Ears())
    await backplane.close()


async def test_where_clients_must_show_a_certificate_only_those_who_do_are_served() -> None:
    with TlsRedis(strict=True) as server:
        stranger = RedisBackplane(server.url)
        with pytest.raises(Unavailable):
            await stranger.start(Ears())
        await stranger.close()
        await carries(server.url_with_certificate)


async def test_sentinels_and_the_master_that_they_name_are_asked_over_tls() -> None:
    with TlsRedis() as server, TlsSentinel(server) as sentinel:
        both = sentinel.directory / "both.pem"
        place = f"127.0.0.1:{sentinel.ports[1].number}/main"
        own = f"ssl_certfile={sentinel.certificate}&ssl_keyfile={sentinel.key}"
        await carries(f"rediss+sentinel://{place}?ssl_ca_certs={both}&{own}")
        stranger = RedisBackplane(f"rediss+sentinel://{place}?ssl_ca_certs={both}")
        with pytest.raises(Unavailable):
            await stranger.start(Ears())
        await stranger.close()


async def carries(url: str) -> None:
    """A node at `url` hears what it says."""
    backplane, ears = RedisBackplane(url), Ears()
    backplane.subscribe("room:a")
    await backplane.start(ears)
    await ears.until_live("room:a")
    backplane.publish("room:a", b"hello")
    await ears.until_heard("room:a", b"hello")
    await backplane.close()
