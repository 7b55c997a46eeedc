"""Signing in with mail and password."""

from collections.abc import Callable, Iterable
from functools import cache, partial

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from restival.auth.account import Accounts
from restival.auth.attempts import Attempts, Source
from restival.auth.budget import Budget
from restival.auth.guessable import is_guessable
from restival.auth.hashing import Hashing
from restival.auth.refusals import BadPassword, TooBusy, WrongPassword
from restival.auth.sessions import Sessions
from restival.i18n import t
from restival.site.site import Site

HASHER = PasswordHasher()
SHORTEST = 10
"""Characters that a password has at least."""
LONGEST = 1000


def hashed(password: str, about: Iterable[str] = ()) -> str:
    """The hash (argon2id, RFC 9106) that is stored of a new password. `about` are names of the person and the app.
    Raises BadPassword for one that is too short, too long, or easy to guess."""
    if len(password) < SHORTEST:
        raise BadPassword(t("Use at least {count} characters.", count=SHORTEST))
    if len(password) > LONGEST:
        raise BadPassword(t("Use at most {count} characters.", count=LONGEST))
    if is_guessable(password, about):
        raise BadPassword(t("This password is easy to guess. Choose another password."))
    return HASHER.hash(password)


@cache
def nobodys() -> str:
    """Checked where there is no such person, so that the answer takes as long."""
    return HASHER.hash("nobody has this")


class Passwords:
    """Checks passwords, also of mails that nobody has."""

    def __init__(
        self,
        site: Callable[[], Site],
        accounts: Accounts,
        attempts: Attempts,
        sessions: Sessions,
    ) -> None:
        self._budget = Budget()
        self._hashing = Hashing()
        self._site = site
        self._accounts = accounts
        self._attempts = attempts
        self._sessions = sessions

    async def check(self, mail: str, password: str, source: Source) -> None:
        """Raises WrongPassword, Locked or TooBusy unless that is the person's password."""
        mail = mail.strip().lower()
        if source.stranger:
            self._budget.take(source.key)
        self._attempts.begin(mail, source)
        try:
            kept = self.hash_of(mail)
            checking = partial(_fits, kept, password[: LONGEST + 1])
            fits = await self._hashing.run(checking, source.key, stranger=source.stranger)
            fits = fits and kept == self.hash_of(mail)  # else there has been another one for a moment
        except TooBusy:
            self._give_back(mail, source)
            raise
        if not fits:
            await self._attempts.failed(mail, source)
            raise WrongPassword
        self._give_back(mail, source)

    async def choose(self, mail: str, password: str, may: Callable[[], object] = lambda: None) -> None:
        """Keep another password, and end all sessions. `may` raises what forbids it: it is asked when the hash is
        there, as something else may have happened meanwhile. Raises BadPassword, TooBusy."""
        site, person = self._site(), self._site().person(mail)
        about = [mail, site.settings.title, person.name if person else ""]
        kept = await self._hashing.run(partial(hashed, password, about), f"choosing {mail}", stranger=False)
        may()
        await self._accounts.change(mail, password=kept, replaces=self._given(mail))
        await self._sessions.end_all(mail)

    def _give_back(self, mail: str, source: Source) -> None:
        if source.stranger:
            self._budget.give_back(source.key)
        self._attempts.give_back(mail, source)

    def hash_of(self, mail: str) -> str | None:
        """The hash of the person's password: their own choice, unless the settings have another since."""
        given, account = self._given(mail), self._accounts.of(mail)
        return account.password if account.password and account.replaces == given and given else given

    def _given(self, mail: str) -> str | None:
        return self._site().password_of(mail)


def _fits(kept: str | None, password: str) -> bool:
    nobodys_now = nobodys()  # for everybody, as the first time takes longer
    try:
        return HASHER.verify(kept or nobodys_now, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
