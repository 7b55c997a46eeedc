"""How a session begins and ends in a browser."""

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from restival.auth.attempts import Source, from_address, from_browser
from restival.auth.auth import Auth
from restival.auth.known_browsers import COOKIE as BROWSER
from restival.auth.known_browsers import LASTS_SECONDS
from restival.auth.sessions import COOKIE, Session
from restival.engine.errors import EngineUnavailable
from restival.site.addresses import SIGN_IN
from restival.web.sign_in.cookies import put_cookie


async def begin_session(request: Request, answer: Response, auth: Auth, mail: str, *, shown: bool) -> None:
    """Begin a session, and end the one that this browser had: its other pages are that person's no longer. `shown` is
    whether the person has just shown who they are."""
    if (before := auth.sessions.of(request)) is not None:
        await end_session(auth, before)
    agent = request.headers.get("user-agent", "")
    session, cookie = auth.sessions.begin(mail, agent=agent, address=address_of(request))
    if shown:
        auth.confirmations.confirm(session.id)
    put_cookie(request, answer, COOKIE, cookie, int(auth.sessions.lasts.total_seconds()))


async def end_session(auth: Auth, session: Session, *, everywhere: bool = False) -> None:
    """End a session, or all of its person. Without the engine that is stored as soon as it is back."""
    with suppress(EngineUnavailable):
        if everywhere:
            await auth.sessions.end_all(session.mail)
        else:
            await auth.sessions.end(session.mail, {session.id: session.until})


def source_of(request: Request, auth: Auth, mail: str) -> Source:
    """Returns where an attempt to sign in comes from: a browser that the person has signed in with, or an address."""
    browser = auth.browsers.browser(request.cookies.get(BROWSER, ""), mail)
    return from_address(address_of(request)) if browser is None else from_browser(browser)


def remember_browser(request: Request, answer: Response, auth: Auth, mail: str) -> None:
    """Marks a browser that somebody has just signed in with."""
    known = auth.browsers.having(request.cookies.get(BROWSER, ""), mail)
    put_cookie(request, answer, BROWSER, known, LASTS_SECONDS, path=SIGN_IN)


def address_of(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""
