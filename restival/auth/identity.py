"""Who the person behind a request is, by the way of signing in that is set."""

from collections.abc import Callable

from starlette.requests import HTTPConnection

from restival.access.person import NOBODY, Person
from restival.auth.header import header_person
from restival.auth.keys import key_hash, key_of
from restival.auth.local import local_person
from restival.auth.sessions import Sessions
from restival.settings.sign_in import HeaderSignIn, NoSignIn
from restival.site.site import Site


class Identity:
    """Tells who somebody is, anew each time: a change of the settings, or a sign-out, takes effect at once."""

    def __init__(self, site: Callable[[], Site], sessions: Sessions, needs_factor: Callable[[str], bool]) -> None:
        self._site = site
        self._sessions = sessions
        self._needs_factor = needs_factor

    def person(self, connection: HTTPConnection) -> Person:
        """Who has sent a request, or opened the page that an event comes from; NOBODY where that isn't known."""
        site = self._site()
        if (key := key_of(connection)) is not None:
            return site.program(key_hash(key)) or NOBODY
        match site.settings.sign_in:
            case NoSignIn():
                return local_person()
            case HeaderSignIn() as header:
                mail = header_person(connection, header)
                return (site.person(mail) if mail else None) or NOBODY
            case _:
                session = self._sessions.of(connection)
                found = site.person(session.mail) if session else None
                if session is None or found is None or self._needs_factor(session.mail):
                    return NOBODY
                return found.model_copy(update={"session": session.id})
