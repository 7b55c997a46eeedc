"""Everything around signing in, composed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from restival.access.person import Person
from restival.auth.account import Accounts
from restival.auth.attempts import Attempts
from restival.auth.audit import Audit
from restival.auth.confirmations import Confirmations
from restival.auth.factors import Factors
from restival.auth.identity import Identity
from restival.auth.known_browsers import KnownBrowsers
from restival.auth.oidc import Oidc
from restival.auth.others import OthersAccounts
from restival.auth.passwords import Passwords
from restival.auth.refusals import SignInRefused, WrongPassword
from restival.auth.second_factor import SecondFactor
from restival.auth.self_service import OwnAccount
from restival.auth.sessions import Sessions
from restival.auth.signing import fingerprint
from restival.auth.subjects import Subjects
from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.settings.sign_in import OidcSignIn, PasswordSignIn
from restival.settings.sign_in import Sessions as WithSessions
from restival.site.site import Site

Proof = Literal["yes", "password", "sign in"]
"""What somebody has to do to show who they are."""


class Auth:
    """Who somebody is, and how they show it."""

    def __init__(self, site: Callable[[], Site], accounts: Accounts, audit: Audit, secret: bytes) -> None:
        self._site = site
        self.accounts = accounts
        self.audit = audit
        self.sessions = Sessions(secret, accounts, self._session_settings, self.standing)
        self.confirmations = Confirmations(lambda: self.sessions.lasts)
        self.person = Identity(site, self.sessions, lambda mail: self.factors.missing(mail)).person
        self.subjects = Subjects(site, accounts)
        self.oidc = Oidc(self._oidc_settings, self.subjects.mail)
        self.attempts = Attempts(site, accounts)
        self.browsers = KnownBrowsers(secret)
        self.factors = Factors(site, accounts, SecondFactor(secret), self.attempts)
        self.passwords = Passwords(site, accounts, self.attempts, self.sessions)
        self.others = OthersAccounts(accounts, self.factors, self.sessions, audit)
        self.own = OwnAccount(self.passwords, self.factors, self.sessions, self.confirmations, audit)

    @property
    def by_password(self) -> PasswordSignIn | None:
        """The settings of signing in with a password, where people do."""
        settings = self._site().settings.sign_in
        return settings if isinstance(settings, PasswordSignIn) else None

    @property
    def by_oidc(self) -> OidcSignIn | None:
        """The settings of signing in at a provider, where people do."""
        settings = self._site().settings.sign_in
        return settings if isinstance(settings, OidcSignIn) else None

    @property
    def has_sessions(self) -> bool:
        """Whether the app itself knows who has signed in where: not so where nobody does, or a proxy sees to it."""
        return isinstance(self._site().settings.sign_in, WithSessions)

    def standing(self, mail: str) -> str:
        """A fingerprint of what a person's sessions rest on: the provider, or the password and the second factor. If
        that is another one now, whichever way it has changed, they are over. Empty if they can't have any."""
        if self.by_oidc is not None:
            return fingerprint(self.by_oidc.issuer)
        kept = self.passwords.hash_of(mail)
        reset = self._site().second_factor_reset(mail)
        return "" if kept is None else fingerprint(f"{kept} {reset.isoformat() if reset else ''}")

    def proof(self, person: Person, grace: timedelta, question: str) -> Proof:
        """What the person has to do to answer a question that asks for their identity."""
        if not self.has_sessions or self._confirmed(person, grace, question):
            return "yes"
        return "password" if self.by_password else "sign in"

    async def confirm_identity(self, person: Person, answer: Json, grace: timedelta, question: str) -> bool:
        """Make a yes or no of an answer to `io.confirm_identity`. Raises InvalidAnswer where that isn't shown."""
        if not isinstance(answer, dict):
            return False
        if not self.has_sessions:
            return True
        if not (answer.get("password") and self.by_password):
            if self._confirmed(person, grace, question):
                return True
            raise InvalidAnswer(t("Please enter your password.") if self.by_password else t("Please sign in again."))
        try:
            await self.own.confirm(person, str(answer["password"]))
        except WrongPassword:
            raise InvalidAnswer(t("This isn't your password.")) from None
        except SignInRefused as refused:
            raise InvalidAnswer(str(refused)) from None
        return True

    def _confirmed(self, person: Person, grace: timedelta, question: str) -> bool:
        confirmed = self.confirmations
        return confirmed.confirmed_within(person.session, grace) or confirmed.confirmed_for(person.session, question)

    def _oidc_settings(self) -> OidcSignIn:
        settings = self.by_oidc
        assert settings is not None
        return settings

    def _session_settings(self) -> WithSessions | None:
        settings = self._site().settings.sign_in
        return settings if isinstance(settings, WithSessions) else None
