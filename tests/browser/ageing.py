"""People whose sign-in is of an hour ago."""

from tests.browser.person import Person
from tests.endtoend.site import Site
from web.clock import now_ms
from web.secret import secret
from web.settings import load
from web.signin.cookies import SESSION
from web.signin.signing import Session, Signing


async def aged(person: Person, site: Site) -> None:
    """It was an hour ago that the person proved who they are."""
    url = f"http://{person.address}"
    (cookie,) = [one for one in await person.context.cookies(url) if one.get("name") == SESSION]
    signing = Signing(secret(load(var=site.var)), "cookie")
    known = signing.read(cookie.get("value", "").strip('"'), now_ms())
    assert known is not None
    older = Session(known.person, known.role, known.id, known.expires_at, known.proved_at - 3_600_000)
    await person.context.add_cookies([{"name": SESSION, "value": signing.signed(older), "url": url}])
