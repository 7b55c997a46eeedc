"""Sessions: a signed cookie that says who has signed in and when."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import BaseModel
from starlette.requests import HTTPConnection

COOKIE = "restival_session"
TO_ANSWER = timedelta(minutes=5)
"""How long somebody who has signed in again for a question has to answer it."""


class Session(BaseModel):
    """A sign-in in one browser."""

    id: str
    mail: str
    at: datetime

    def over(self, lasts: timedelta, now: datetime) -> bool:
        """Whether it has been too long."""
        return now >= self.at + lasts


class Sessions:
    """Makes and reads the cookies of sessions. `valid_from` tells since when a person's sessions hold: signing out
    everywhere moves it; `lasts` is how long one holds."""

    def __init__(
        self, secret: bytes, valid_from: Callable[[str], datetime | None], lasts: Callable[[], timedelta]
    ) -> None:
        self._signer = URLSafeSerializer(secret, salt="restival session")
        self._valid_from = valid_from
        self._lasts = lasts
        self._confirmed: dict[str, datetime] = {}
        self._confirmed_for: dict[str, tuple[str, datetime]] = {}

    def begin(self, mail: str) -> tuple[Session, str]:
        """A session that begins now, and its cookie's value."""
        session = Session(id=secrets.token_urlsafe(12), mail=mail, at=datetime.now(UTC))
        self.confirm(session.id)
        return session, self._signer.dumps(session.model_dump(mode="json"))

    def confirm(self, session: str) -> None:
        """Note that the person of a session has just shown who they are."""
        now = datetime.now(UTC)
        over = [each for each, at in self._confirmed.items() if now - at > self._lasts()]
        for each in over:
            del self._confirmed[each]
            self._confirmed_for.pop(each, None)
        self._confirmed[session] = now

    def confirm_for(self, session: str, question: str) -> None:
        """Note that the person of a session has just shown who they are, so that they can answer that question."""
        self.confirm(session)
        self._confirmed_for[session] = question, self._confirmed[session]

    def confirmed_for(self, session: str, question: str) -> bool:
        """Whether the person of a session has shown, a short while ago, who they are for that question."""
        known, at = self._confirmed_for.get(session, ("", datetime.min.replace(tzinfo=UTC)))
        return known == question and datetime.now(UTC) - at <= TO_ANSWER

    def confirmed_at(self, session: str) -> datetime | None:
        """When the person of a session has shown last who they are, in this run of the app."""
        return self._confirmed.get(session)

    def of(self, connection: HTTPConnection) -> Session | None:
        """The session of a request; None where there is none, it is over, or it was ended elsewhere."""
        return self.read(connection.cookies.get(COOKIE, ""))

    def read(self, cookie: str) -> Session | None:
        """The session that a cookie's value tells of, if that holds."""
        if not cookie:
            return None
        try:
            session = Session.model_validate(self._signer.loads(cookie))
        except (BadSignature, ValueError):
            return None
        since = self._valid_from(session.mail)
        ended = since is not None and session.at < since
        return None if ended or session.over(self._lasts(), datetime.now(UTC)) else session
