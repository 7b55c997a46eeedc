"""Signing in with mail and password."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from restival.auth.account import Account, Accounts
from restival.auth.second_factor import SecondFactor
from restival.errors import RestivalError
from restival.settings.sign_in import PasswordSignIn
from restival.site import Site
from restival.words import t, tn

HASHER = PasswordHasher()
SHORTEST = 10
"""Characters that a password has at least."""
LONGEST = 1000


class SignInRefused(RestivalError):
    """Somebody can't sign in; the message doesn't tell whether there is such a person."""


class WrongPassword(SignInRefused):
    """Mail, password or code don't fit."""

    def __init__(self) -> None:
        super().__init__(t("Mail, password or code are wrong."))


class Locked(SignInRefused):
    """Too many failures in a row."""

    def __init__(self, until: datetime) -> None:
        minutes = max(1, round((until - datetime.now(UTC)).total_seconds() / 60))
        self.until = until
        told = tn("Try again in {count} minute.", "Try again in {count} minutes.", minutes)
        super().__init__(f"{t('Too many failed attempts.')} {told}")


class BadPassword(RestivalError):
    """A new password that isn't taken."""


def hashed(password: str) -> str:
    """The hash (argon2id, RFC 9106) that is kept of a password. Raises BadPassword for one that is too short."""
    if len(password) < SHORTEST:
        raise BadPassword(t("Please take at least {count} characters.", count=SHORTEST))
    if len(password) > LONGEST:
        raise BadPassword(t("Please take at most {count} characters.", count=LONGEST))
    return HASHER.hash(password)


@cache
def nobodys() -> str:
    """Checked where there is no such person, so that the answer takes as long."""
    return HASHER.hash("nobody has this")


class Passwords:
    """Checks passwords and codes, and counts the failures, of mails that nobody has too."""

    def __init__(self, site: Callable[[], Site], accounts: Accounts, factor: SecondFactor) -> None:
        self._site = site
        self._accounts = accounts
        self._factor = factor
        self._steps: dict[str, int] = {}

    async def check(self, mail: str, password: str) -> None:
        """Raises WrongPassword or Locked unless that is the person's password."""
        mail = mail.strip().lower()
        self._check_lock(mail)
        kept = self.hash_of(mail)
        fits = await asyncio.to_thread(_fits, kept, password[: LONGEST + 1])
        if not fits:
            await self._failed(mail)
            raise WrongPassword

    async def check_code(self, mail: str, code: str) -> None:
        """Raises WrongPassword or Locked unless the code is the one that the person's app shows; each counts once."""
        self._check_lock(mail)
        kept = self._accounts.of(mail).second_factor
        step = None if kept is None else self._factor.check(kept, code, self._steps.get(mail, 0))
        if step is None:
            await self._failed(mail)
            raise WrongPassword
        self._steps[mail] = step

    async def succeeded(self, mail: str) -> None:
        """Forget the failures."""
        if self._accounts.of(mail).failures:
            await self._accounts.change(mail, failures=0, locked_until=None)

    async def choose(self, mail: str, password: str) -> None:
        """Keep another password, and end all sessions. Raises BadPassword."""
        kept = await asyncio.to_thread(hashed, password)
        given = self._given(mail)
        await self._accounts.change(mail, password=kept, replaces=given, signed_out_at=datetime.now(UTC))

    def hash_of(self, mail: str) -> str | None:
        """The hash of the person's password: their own choice, unless the settings have another since."""
        given, account = self._given(mail), self._accounts.of(mail)
        return account.password if account.password and account.replaces == given and given else given

    def _given(self, mail: str) -> str | None:
        return next((each.password for each in self._site().settings.people if each.mail == mail), None)

    def _check_lock(self, mail: str) -> None:
        until = self._accounts.of(mail).locked_until
        if until is not None and until > datetime.now(UTC):
            raise Locked(until)

    async def _failed(self, mail: str) -> None:
        settings = self._site().settings.sign_in
        assert isinstance(settings, PasswordSignIn)
        account: Account = self._accounts.of(mail)
        failures = account.failures + 1
        locked = failures >= settings.attempts
        changes = {
            "failures": 0 if locked else failures,
            "locked_until": datetime.now(UTC) + settings.lock if locked else None,
        }
        if self._site().person(mail) is None:
            self._accounts.notice(mail, **changes)
        else:
            await self._accounts.change(mail, **changes)


def _fits(kept: str | None, password: str) -> bool:
    nobodys_now = nobodys()  # for everybody, as the first time takes longer
    try:
        return HASHER.verify(kept or nobodys_now, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
