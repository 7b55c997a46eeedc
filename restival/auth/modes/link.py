"""Sign-in by a link that is printed to the terminal of the app, for an email address in the settings."""

import secrets
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature
from pydantic import BaseModel, ValidationError

from restival.auth.attempts import Attempts, Source
from restival.auth.budget import Budget
from restival.auth.modes.base import SessionMode, Shared
from restival.auth.refusals import SignInRefused
from restival.auth.signing import fingerprint, signer
from restival.engine.errors import EngineUnavailable
from restival.i18n import t
from restival.settings.sign_in import LinkSignIn

PATH = "/sign-in/link"
LASTS = timedelta(minutes=15)


class LinkRefused(SignInRefused):
    """The link was used, is too old, or was made elsewhere."""

    def __init__(self) -> None:
        super().__init__(t("This link was used or has expired. Get another one."))


class Link(BaseModel):
    """What a link says, signed."""

    id: str
    mail: str
    at: datetime
    next: str
    """Where the person wants to go."""
    question: str = ""
    """The question that somebody who is signed in confirms their identity for."""


class LinkMode(SessionMode[LinkSignIn]):
    """People ask for a link by their email address. Whoever reads the terminal gets it, so it has to be theirs."""

    name = "link"
    settings_type = LinkSignIn
    counts_attempts = True
    proof = "sign in"

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self._accounts = shared.accounts
        self._signer = signer(shared.secret, "restival sign-in link")
        self._budget = Budget()
        self._attempts = Attempts(shared.site, shared.accounts, lambda: self.settings)

    def standing(self, mail: str) -> str:
        """Another mode ends sessions."""
        return fingerprint(f"link {mail}")

    def ask(self, mail: str, next: str, source: Source, question: str = "") -> Link:
        """Returns a link for an address, which needn't be anybody's. The request counts as a failure until somebody
        signs in. Raises TooBusy, Locked."""
        if source.stranger:
            self._budget.take(source.key)
        self._attempts.begin(mail, source)
        return Link(id=secrets.token_urlsafe(12), mail=mail, at=datetime.now(UTC), next=next, question=question)

    async def send(self, link: Link, source: Source, address: str) -> None:
        """Prints a link if its address is somebody's. The answer to the request doesn't wait for it: the time that it
        takes would tell."""
        person = self.site().person(link.mail)
        if person is not None:
            url = f"{address}{PATH}?token={self._signer.dumps(link.model_dump(mode='json'))}"
            sys.stdout.write(f"\n  Sign-in link for {person.email}, works once within 15 minutes:\n  {url}\n\n")
            sys.stdout.flush()
        with suppress(EngineUnavailable):  # it is stored later then
            await self._attempts.failed(link.mail, source)

    def read(self, token: str) -> Link:
        """Returns what a link says, without using it. Raises LinkRefused."""
        try:
            link = Link.model_validate(self._signer.loads(token))
        except (BadSignature, ValidationError):
            raise LinkRefused from None
        account = self._accounts.of(link.mail)
        used = link.id in account.ended or (account.signed_out_at or link.at) > link.at
        if used or datetime.now(UTC) >= link.at + LASTS or self.site().person(link.mail) is None:
            raise LinkRefused
        return link

    async def use(self, link: Link, source: Source) -> None:
        """Uses a link up that was just read: it is stored like a session that has ended. Raises EngineUnavailable."""
        await self._sessions.end(link.mail, {link.id: link.at + LASTS})
        self._attempts.give_back(link.mail, source)
        self._attempts.succeeded(link.mail, source)
