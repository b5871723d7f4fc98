"""Each sender, to a real server on this machine."""

import hmac
from base64 import b64decode, b64encode, urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import http_ece
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from persistence.channels.addresses import Hook, Mailbox, Number, Subscription
from tests.builders import AT
from tests.web.channels.listener import Listener
from tests.web.channels.parcels import LOOPBACK, parcel, told
from tests.web.post_office import post_office
from web.channels.gateway import Gateway, gateway
from web.channels.mailing import Mailing
from web.channels.outgoing import ANYWHERE, Outgoing
from web.channels.phones import Phones
from web.channels.sending import NotSent, Sender
from web.channels.webhooks import Webhooks, new_secret, signature
from web.channels.webpush import Vapid, WebPush, encrypted
from web.mail import Mail
from web.settings import InvalidSettings

VAPID = Vapid(b"v" * 32, "mailto:curbside@example.org")
LINK = "https://consult.example.org"


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


class Browser:
    """A browser that has turned push on."""

    def __init__(self, endpoint: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"sixteen bytes au"
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = Subscription(endpoint, b64(point), b64(self.auth))

    def read(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        read: dict[str, Any] = msgspec.json.decode(plain)
        return read


async def sent(sender: Sender, *args: Any) -> None:
    try:
        await sender.send(parcel(*args))
    finally:
        await sender.close()


def pushing() -> WebPush:
    return WebPush(VAPID, Outgoing(LOOPBACK), lambda: AT)


async def test_a_browser_can_read_what_is_pushed_and_nobody_else(far: Listener) -> None:
    browser = Browser(f"{far.url}/push/1")
    await sent(pushing(), browser.subscription)
    ((_, path, headers, body),) = far.asked
    assert path == "/push/1" and headers["content-encoding"] == "aes128gcm"
    assert browser.read(body) == {
        "title": "Stat case, paediatrics",
        "body": "You are asked to help. Answer by 08:02:00 UTC. Open Curbside.",
        "path": "/case/case1",
        "tag": "id1",
        "acuity": "stat",
    }
    with pytest.raises(http_ece.ECEException):
        Browser(far.url).read(body)


async def test_a_push_says_how_long_it_is_of_use_and_that_it_is_urgent(far: Listener) -> None:
    await sent(pushing(), Browser(far.url).subscription)
    await sent(pushing(), Browser(far.url).subscription, told(kind="mention"))
    assert [(asked.headers["ttl"], asked.headers["urgency"]) for asked in far.asked] == [
        ("120", "high"),
        ("120", "normal"),
    ]
    assert len(far.asked[0].headers["topic"]) == 32, "what is sent again takes the place of the first"


async def test_a_push_service_knows_who_sends(far: Listener) -> None:
    await sent(pushing(), Browser(f"{far.url}/push/1").subscription)
    said = far.asked[0].headers["authorization"]
    token, _, key = said.removeprefix("vapid t=").partition(", k=")
    assert key == VAPID.public
    point = b64decode(key.replace("-", "+").replace("_", "/") + "=")
    public = ECKey.import_key(ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
    claims = jwt.decode(token, public, algorithms=["ES256"]).claims
    assert claims == {"aud": far.url, "exp": AT // 1_000 + 12 * 3_600, "sub": "mailto:curbside@example.org"}


def test_the_key_is_the_same_on_every_node_and_another_in_every_deployment() -> None:
    assert Vapid(b"v" * 32, "").public == VAPID.public != Vapid(b"w" * 32, "").public


def test_the_example_of_rfc_8291_comes_out() -> None:
    """RFC 8291 §5 and appendix A."""
    to = Subscription(
        "",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    private = int.from_bytes(b64decode("yfWPiYE+n46HLnH0KqZOF1fJJU3MYrct3AELtAQ+oRw="))
    found = encrypted(
        to,
        b"When I grow up, I want to be a watermelon",
        b64decode("DGv6ra1nlYgDCS1FRnbzlw=="),
        ec.derive_private_key(private, ec.SECP256R1()),
    )
    assert b64(found) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize(
    ("status", "final", "gone"),
    [(410, True, True), (404, True, True), (400, True, False), (429, False, False), (503, False, False)],
)
async def test_what_a_push_service_says_decides_what_is_done(
    far: Listener, status: int, final: bool, gone: bool
) -> None:
    far.answers = [status]
    with pytest.raises(NotSent, match=f"http_{status}") as caught:
        await sent(pushing(), Browser(far.url).subscription)
    assert (caught.value.final, caught.value.gone) == (final, gone)


async def test_keys_that_are_none_are_gone(far: Listener) -> None:
    with pytest.raises(NotSent, match="bad_keys") as caught:
        await sent(pushing(), Subscription(far.url, "bm9uZQ", "bm9uZQ"))
    assert caught.value.gone and far.asked == []


async def test_a_webhook_is_signed_and_says_whom_it_is_for(far: Listener) -> None:
    secret = new_secret()
    await sent(Webhooks(Outgoing(LOOPBACK), LINK, lambda: AT), Hook(far.url, secret))
    ((_, _, headers, body),) = far.asked
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.digest(b64decode(secret.removeprefix("whsec_")), signed, sha256)
    assert headers["webhook-signature"] == f"v1,{b64encode(digest).decode()}"
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("id1", str(AT // 1_000))
    assert msgspec.json.decode(body) == {
        "type": "notice.page",
        "timestamp": AT,
        "data": {
            "notice": "n1",
            "person": "ben",
            "handle": "dr_ben",
            "acuity": "stat",
            "deadline_at": AT + 120_000,
            "text": "Stat case, paediatrics. You are asked to help. Answer by 08:02:00 UTC. Open Curbside.",
            "test": False,
            "url": "https://consult.example.org/case/case1",
        },
    }


def test_the_example_of_standard_webhooks_comes_out() -> None:
    """The one of its reference libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b'{"test": 2432232314}')
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(("status", "gone"), [(410, True), (404, False), (302, False), (500, False)])
async def test_a_webhook_is_called_again_unless_it_is_gone(far: Listener, status: int, gone: bool) -> None:
    far.answers = [status]
    with pytest.raises(NotSent, match=f"http_{status}") as caught:
        await sent(Webhooks(Outgoing(LOOPBACK), LINK, lambda: AT), Hook(far.url, new_secret()))
    assert (caught.value.final, caught.value.gone) == (gone, gone)


async def test_a_mail_says_what_is_to_be_done_and_where() -> None:
    with post_office() as office:
        await sent(Mailing(Mail(office.url, "curbside@example.org"), LINK), Mailbox("ben@example.org"))
        ((to, message),) = office.taken
    assert to == ["ben@example.org"] and message["subject"] == "Stat case, paediatrics"
    assert message["message-id"] == "<id1@example.org>"
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes) and f"{LINK}/case/case1" in payload.decode()


async def test_gathered_notices_are_one_mail() -> None:
    with post_office() as office:
        those = (told(kind="mention"), told(id="n2", kind="award"))
        await sent(Mailing(Mail(office.url, "curbside@example.org"), LINK), Mailbox("ben@example.org"), *those)
        ((_, message),) = office.taken
    payload = message.get_payload(decode=True)
    assert message["subject"] == "Curbside: 2 notices"
    assert isinstance(payload, bytes) and b"asks you a question" in payload and b"an award" in payload


async def test_a_mail_server_that_refuses_is_asked_again() -> None:
    with pytest.raises(NotSent, match="mail_refused") as caught:
        await sent(Mailing(Mail("smtp://127.0.0.1:1", "curbside@example.org"), LINK), Mailbox("ben@example.org"))
    assert not caught.value.final


FORM = """
[sms]
url = "{far}/2010-04-01/Accounts/AC1/Messages.json"
headers = {{ Authorization = "Basic c2VjcmV0" }}
form = {{ To = "{{to}}", From = "+15550199", Body = "{{text}}" }}
success = [201]
"""
JSON = """
[sms]
url = "{far}/sms/json"
json = {{ to = "{{to}}", from = "Curbside", text = "{{text}}", list = ["{{id}}", 1] }}
answer = {{ "/messages/0/status" = "0" }}

[voice]
method = "GET"
url = "{far}/call?to={{to}}&say={{text}}"
"""


def described(tmp_path: Path, far: Listener, text: str) -> Gateway:
    path = tmp_path / "gateway.toml"
    path.write_text(text.format(far=far.url))
    return gateway(path)


async def by(found: Gateway, kind: str) -> None:
    await sent(Phones(getattr(found, kind), Outgoing(ANYWHERE), LINK), Number("+15550100"))


async def test_a_message_goes_by_a_gateway_that_takes_forms(far: Listener, tmp_path: Path) -> None:
    far.answers = [201]
    await by(described(tmp_path, far, FORM), "sms")
    ((method, path, headers, body),) = far.asked
    assert (method, path) == ("POST", "/2010-04-01/Accounts/AC1/Messages.json")
    assert (headers["authorization"], headers["idempotency-key"]) == ("Basic c2VjcmV0", "id1")
    text = "Stat case, paediatrics. You are asked to help. Answer by 08:02:00 UTC. Open Curbside. "
    assert parse_qs(body.decode()) == {"To": ["+15550100"], "From": ["+15550199"], "Body": [f"{text}{LINK}/case/case1"]}


async def test_a_message_goes_by_a_gateway_that_takes_json(far: Listener, tmp_path: Path) -> None:
    far.body = b'{"messages": [{"status": "0"}]}'
    await by(described(tmp_path, far, JSON), "sms")
    said = msgspec.json.decode(far.asked[0].body)
    assert (said["to"], said["from"], said["list"]) == ("+15550100", "Curbside", ["id1", 1])


@pytest.mark.parametrize("body", [b'{"messages": [{"status": "4"}]}', b"{}", b"no json", b'{"messages": []}'])
async def test_an_answer_that_says_no_within_is_tried_again(far: Listener, tmp_path: Path, body: bytes) -> None:
    far.body = body
    with pytest.raises(NotSent, match="not_taken") as caught:
        await by(described(tmp_path, far, JSON), "sms")
    assert not caught.value.final


async def test_what_stands_in_an_address_is_quoted(far: Listener, tmp_path: Path) -> None:
    await by(described(tmp_path, far, JSON), "voice")
    assert far.asked[0].path.startswith("/call?to=%2B15550100&say=Stat%20case%2C%20paediatrics")


@pytest.mark.parametrize(("status", "final"), [(400, True), (401, False), (429, False), (500, False)])
async def test_a_number_that_a_gateway_refuses_is_not_tried_again(
    far: Listener, tmp_path: Path, status: int, final: bool
) -> None:
    far.answers = [status]
    with pytest.raises(NotSent, match=f"http_{status}") as caught:
        await by(described(tmp_path, far, FORM), "sms")
    assert caught.value.final == final


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[sms", "the file is no TOML"),
        ("[fax]\nurl = 'https://a.example'", "unknown field"),
        ("[sms]\nurl = 'http://a.example/{to}/{text}'", "must be an https:// address"),
        ("[sms]\nurl = 'https://a.example/{to}'", "does not say where {text} stands"),
        ("[sms]\nurl = 'https://a.example/{to}/{text}'\nform = {}\njson = {}", "both a form and json"),
    ],
)
def test_a_file_that_is_wrong_is_said(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "gateway.toml"
    path.write_text(text)
    with pytest.raises(InvalidSettings) as caught:
        gateway(path)
    assert says in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="cannot be read"):
        gateway(tmp_path / "none.toml")
