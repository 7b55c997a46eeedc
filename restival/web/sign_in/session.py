"""How a session begins and ends in a browser."""

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from restival.auth.auth import Auth
from restival.auth.sessions import COOKIE, Session
from restival.engine.errors import EngineUnavailable
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


def address_of(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""
