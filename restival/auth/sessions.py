"""Sessions: a signed cookie that says who has signed in and when, and what is stored of it with the account."""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature
from pydantic import BaseModel
from starlette.requests import HTTPConnection

from restival.auth.account import Accounts, OpenSession
from restival.auth.signing import signer
from restival.settings.sign_in import Sessions as SessionSettings

COOKIE = "restival_session"
NOTE = timedelta(minutes=10)
"""How often it is stored at most that a person is active; with a short `idle` it is more often."""
MOST = 50
"""So many sessions of a person are open at once; the one that was active longest ago makes room."""
SOCKET = "/_nicegui_ws/"
"""Open pages connect there by themselves, which says nothing about a person."""
COUNTED = "restival.visit"
LONGEST_AGENT = 250


class Session(BaseModel):
    """A sign-in in one browser."""

    id: str
    mail: str
    at: datetime
    until: datetime
    """It lasts no longer, even if the settings allow more later: what has ended is forgotten then."""
    standing: str
    """A fingerprint of what the person has signed in by: another password ends the session."""


class Sessions:
    """Makes, reads and ends sessions. `standing` returns what sessions of a person rest on now, if anything."""

    def __init__(
        self,
        secret: bytes,
        accounts: Accounts,
        settings: Callable[[], SessionSettings | None],
        standing: Callable[[str], str],
    ) -> None:
        self._signer = signer(secret, "restival session")
        self._accounts = accounts
        self._settings = settings
        self._standing = standing
        self._seen: dict[str, datetime] = {}
        self._listeners: list[Callable[[str], None]] = []

    def begin(self, mail: str, *, agent: str = "", address: str = "") -> tuple[Session, str]:
        """A session that begins now, and its cookie's value."""
        now = datetime.now(UTC)
        until = now + self.lasts
        session = Session(id=secrets.token_urlsafe(12), mail=mail, at=now, until=until, standing=self._standing(mail))
        opened = OpenSession(at=now, seen=now, until=until, agent=agent[:LONGEST_AGENT], address=address)
        sessions = self.open(mail)
        gone = sorted(sessions, key=lambda each: sessions[each].seen)[: max(0, len(sessions) - MOST + 1)]
        ended = self._ended(mail) | {each: sessions.pop(each).until for each in gone}
        self._accounts.hold(mail, sessions={**sessions, session.id: opened}, ended=ended)
        self._accounts.later(mail)
        self._forget()
        return session, self._signer.dumps(session.model_dump(mode="json"))

    def of(self, connection: HTTPConnection) -> Session | None:
        """The session of a request; None if there is none, or it is over. What a person asks for keeps it alive."""
        session = self.read(connection.cookies.get(COOKIE, ""))
        if session is not None and _is_visit(connection):
            self.active(session.mail, session.id)
        return session

    def read(self, cookie: str) -> Session | None:
        """The session that a cookie's value is of, unless it is over."""
        if not cookie:
            return None
        try:
            session = Session.model_validate(self._signer.loads(cookie))
        except (BadSignature, ValueError):
            return None
        account = self._accounts.of(session.mail)
        ended = session.id in account.ended or (account.signed_out_at or session.at) > session.at
        known = account.sessions.get(session.id)
        over = self._over(session.id, session.at, session.until, known.seen if known else session.at)
        stands = bool(session.standing) and session.standing == self._standing(session.mail)
        return session if stands and not ended and not over else None

    def open(self, mail: str) -> dict[str, OpenSession]:
        """The sessions of a person that aren't over, by id, as far as this app knows them."""
        found = self._accounts.of(mail).sessions
        seen = {id: each.model_copy(update={"seen": self._last(id, each.seen)}) for id, each in found.items()}
        return {id: each for id, each in seen.items() if not self._over(id, each.at, each.until, each.seen)}

    def active(self, mail: str, id: str) -> None:
        """Note that the person of a session has just done something."""
        now = self._seen[id] = datetime.now(UTC)
        known = self._accounts.of(mail).sessions
        if id in known and now - known[id].seen >= self._note_every:
            self._accounts.hold(mail, sessions={**known, id: known[id].model_copy(update={"seen": now})})
            self._accounts.later(mail)

    async def end(self, mail: str, until: Mapping[str, datetime]) -> None:
        """End sessions, given by id with the time until which each would have lasted; that they ended is stored until
        then. Raises EngineUnavailable; the sessions have ended all the same."""
        sessions = {id: each for id, each in self.open(mail).items() if id not in until}
        try:
            await self._accounts.change(mail, sessions=sessions, ended=self._ended(mail) | dict(until))
        finally:
            self._tell(mail)

    async def end_all(self, mail: str) -> None:
        """End all sessions of a person. Raises EngineUnavailable; they have ended all the same."""
        try:
            await self._accounts.change(mail, sessions={}, ended={}, signed_out_at=datetime.now(UTC))
        finally:
            self._tell(mail)

    def on_ended(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener` with the mail of a person of whom sessions have just been ended; the returned function ends
        that. Those that end by time, or by a change of the settings, aren't reported: `read` shows them."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    @property
    def lasts(self) -> timedelta:
        """How long a session lasts."""
        settings = self._settings()
        return settings.session if settings is not None else timedelta(0)

    @property
    def _idle(self) -> timedelta | None:
        settings = self._settings()
        return settings.idle if settings is not None else None

    @property
    def _note_every(self) -> timedelta:
        return NOTE if self._idle is None else min(NOTE, self._idle / 10)

    def _over(self, id: str, at: datetime, until: datetime, seen: datetime) -> bool:
        now = datetime.now(UTC)
        idle = self._idle is not None and now >= self._last(id, seen) + self._idle
        return idle or now >= min(until, at + self.lasts)

    def _last(self, id: str, stored: datetime) -> datetime:
        return max(stored, self._seen.get(id, stored))

    def _ended(self, mail: str) -> dict[str, datetime]:
        now = datetime.now(UTC)
        return {id: until for id, until in self._accounts.of(mail).ended.items() if until > now}

    def _forget(self) -> None:
        long_ago = datetime.now(UTC) - self.lasts
        for id in [id for id, seen in self._seen.items() if seen < long_ago]:
            del self._seen[id]

    def _tell(self, mail: str) -> None:
        for listener in tuple(self._listeners):
            listener(mail)


def _is_visit(connection: HTTPConnection) -> bool:
    """Whether a request is a person's, and is looked at for the first time: an open page is asked by its first request
    again and again."""
    if connection.scope["path"].startswith(SOCKET) or COUNTED in connection.scope:
        return False
    connection.scope[COUNTED] = True
    return True
