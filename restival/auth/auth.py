"""Everything around signing in, composed."""

from collections.abc import Callable
from datetime import timedelta

from restival.access import Person
from restival.auth.account import Accounts
from restival.auth.audit import Audit
from restival.auth.identity import Identity
from restival.auth.own_account import OwnAccount
from restival.auth.passwords import Passwords, SignInRefused, WrongPassword
from restival.auth.second_factor import SecondFactor
from restival.auth.sessions import Sessions
from restival.io.call import InvalidAnswer, Json
from restival.settings.sign_in import PasswordSignIn
from restival.site import Site


class Auth:
    """Who somebody is, and how they show it."""

    def __init__(self, site: Callable[[], Site], accounts: Accounts, audit: Audit, secret: bytes) -> None:
        self._site = site
        self.accounts = accounts
        self.audit = audit
        self.sessions = Sessions(secret, lambda mail: accounts.of(mail).signed_out_at, self._session_lasts)
        self.person = Identity(site, self.sessions).person
        factor = SecondFactor(secret)
        self.passwords = Passwords(site, accounts, factor)
        self.own = OwnAccount(accounts, self.passwords, factor, self.sessions, audit)

    @property
    def by_password(self) -> PasswordSignIn | None:
        """The settings of signing in with a password, where people do."""
        settings = self._site().settings.sign_in
        return settings if isinstance(settings, PasswordSignIn) else None

    def asks_password(self, person: Person, grace: timedelta) -> bool:
        """Whether the person has to give their password to confirm who they are."""
        return self.by_password is not None and not self.own.confirmed_within(person, grace)

    async def confirm_identity(self, person: Person, answer: Json, grace: timedelta) -> bool:
        """Make a yes or no of an answer to `io.confirm_identity`. Raises InvalidAnswer where that isn't shown."""
        if not isinstance(answer, dict):
            return False
        if self.by_password is None:
            return True
        if not answer.get("password"):
            if self.own.confirmed_within(person, grace):
                return True
            raise InvalidAnswer("Please enter your password.")
        try:
            await self.own.confirm(person, str(answer["password"]))
        except WrongPassword:
            raise InvalidAnswer("This isn't your password.") from None
        except SignInRefused as refused:
            raise InvalidAnswer(str(refused)) from None
        return True

    def _session_lasts(self) -> timedelta:
        settings = self.by_password
        return settings.session if settings else timedelta(0)
