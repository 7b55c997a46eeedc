"""Everything around signing in, composed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from starlette.requests import HTTPConnection

from restival.access.person import NOBODY, Person
from restival.auth.account import Accounts
from restival.auth.audit import Audit
from restival.auth.confirmations import Confirmations
from restival.auth.keys import key_hash, key_of
from restival.auth.known_browsers import KnownBrowsers
from restival.auth.modes import MODES
from restival.auth.modes.base import Proof, Shared, SignInMode
from restival.auth.modes.password import PasswordMode
from restival.auth.refusals import SignInRefused, WrongPassword
from restival.auth.self_service import OthersAccounts, OwnAccount
from restival.auth.sessions import Sessions
from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.site.site import Site

M = TypeVar("M", bound=SignInMode[Any])


class Auth:
    """Who somebody is, and how they show it."""

    def __init__(self, site: Callable[[], Site], accounts: Accounts, audit: Audit, secret: bytes) -> None:
        self._site = site
        self.accounts = accounts
        self.audit = audit
        self.sessions = Sessions(
            secret, accounts, lambda: self.mode.session_settings, lambda mail: self.mode.standing(mail)
        )
        self.confirmations = Confirmations(lambda: self.sessions.lasts)
        self.browsers = KnownBrowsers(secret)
        shared = Shared(site, accounts, self.sessions, secret)
        self._modes = {each.name: each(shared) for each in MODES}
        by_password = self.by(PasswordMode)
        self.attempts, self.factors, self.passwords = by_password.attempts, by_password.factors, by_password.passwords
        self.others = OthersAccounts(accounts, self.factors, self.sessions, audit)
        self.own = OwnAccount(self.passwords, self.factors, self.sessions, self.confirmations, audit)

    @property
    def mode(self) -> SignInMode[Any]:
        """The way to sign in that is set."""
        return self._modes[self._site().settings.sign_in.mode]

    def by(self, kind: type[M]) -> M:
        """Returns a way to sign in, whether it is set or not."""
        return next(each for each in self._modes.values() if isinstance(each, kind))

    def person(self, connection: HTTPConnection) -> Person:
        """Returns who has sent a request, or opened the page that an event comes from; NOBODY if that isn't known.
        It is asked each time: a change of the settings, or a sign-out, takes effect at once."""
        if (key := key_of(connection)) is not None:
            return self._site().program(key_hash(key)) or NOBODY
        return self.mode.identify(connection)

    def proof(self, person: Person, grace: timedelta, question: str) -> Proof:
        """Returns what the person has to do to answer a question that asks for their identity."""
        return "yes" if self._confirmed(person, grace, question) else self.mode.proof

    async def confirm_identity(self, person: Person, answer: Json, grace: timedelta, question: str) -> bool:
        """Makes a yes or no of an answer to `io.confirm_identity`. Raises InvalidAnswer if the person hasn't shown who
        they are."""
        if not isinstance(answer, dict):
            return False
        proof = self.mode.proof
        if proof == "yes":
            return True
        if not (answer.get("password") and proof == "password"):
            if self._confirmed(person, grace, question):
                return True
            raise InvalidAnswer(t("Enter your password.") if proof == "password" else t("Sign in again."))
        try:
            await self.own.confirm(person, str(answer["password"]))
        except WrongPassword:
            raise InvalidAnswer(t("Incorrect password.")) from None
        except SignInRefused as refused:
            raise InvalidAnswer(str(refused)) from None
        return True

    def _confirmed(self, person: Person, grace: timedelta, question: str) -> bool:
        confirmed = self.confirmations
        return confirmed.confirmed_within(person.session, grace) or confirmed.confirmed_for(person.session, question)
