"""Second factors of people: who has one, who needs one, and checking its codes."""

from collections.abc import Callable
from datetime import UTC, datetime

from restival.auth.account import Accounts
from restival.auth.attempts import Attempts, Source
from restival.auth.refusals import WrongCode
from restival.auth.second_factor import SecondFactor
from restival.settings.sign_in import PasswordSignIn
from restival.site.site import Site


class Factors:
    """The authenticator apps of people. All that changes something raises EngineUnavailable if it can't be stored."""

    def __init__(
        self,
        site: Callable[[], Site],
        accounts: Accounts,
        factor: SecondFactor,
        attempts: Attempts,
        settings: Callable[[], PasswordSignIn | None],
    ) -> None:
        self._site = site
        self._settings = settings
        self._accounts = accounts
        self._factor = factor
        self._attempts = attempts

    @property
    def offered(self) -> bool:
        """Whether people can have one."""
        settings = self._settings()
        return settings is not None and settings.second_factor != "off"

    def needed(self, mail: str) -> bool:
        """Whether the person can't sign in without one."""
        settings, person = self._settings(), self._site().person(mail)
        if settings is None or person is None:
            return False
        by_role = any(role in person.all_roles for role in settings.second_factor_roles)
        return settings.second_factor == "required" or by_role

    def of(self, mail: str) -> str | None:
        """The secret of the person's app, encrypted, if codes are asked for: neither is it off, nor was it reset."""
        account, reset = self._accounts.of(mail), self._site().second_factor_reset(mail)
        if not self.offered or account.second_factor is None:
            return None
        added = account.second_factor_at
        return None if reset is not None and (added is None or added < reset) else account.second_factor

    def missing(self, mail: str) -> bool:
        """Whether the person needs one and has none."""
        return self.needed(mail) and self.of(mail) is None

    async def check(self, mail: str, code: str, source: Source) -> None:
        """Raises WrongCode or Locked unless the code is the one that the person's app shows; each counts once."""
        self._attempts.begin(mail, source.for_code())
        kept = self.of(mail)
        step = None if kept is None else self._factor.check(kept, code, self._accounts.of(mail).second_factor_step)
        if step is None:
            await self._attempts.failed(mail, source.for_code())
            raise WrongCode
        self._attempts.give_back(mail, source.for_code())
        await self._accounts.change(mail, second_factor_step=step)

    def new(self) -> str:
        """A secret for an app, encrypted, which counts once a code of it was seen."""
        return self._factor.new()

    def picture(self, kept: str, mail: str) -> str:
        """The QR code for the app, as SVG."""
        return self._factor.picture(kept, mail, self._site().settings.title)

    def in_clear(self, kept: str) -> str:
        """The same for typing."""
        return self._factor.in_clear(kept)

    async def take(self, mail: str, kept: str, code: str) -> None:
        """Ask for codes from now on; this one is used up. Raises WrongCode unless it is one, so that nobody locks
        themselves out."""
        step = self._factor.check(kept, code)
        if step is None:
            raise WrongCode
        now = datetime.now(UTC)
        await self._accounts.change(mail, second_factor=kept, second_factor_at=now, second_factor_step=step)

    async def drop(self, mail: str) -> None:
        """Ask for codes no longer."""
        await self._accounts.change(mail, second_factor=None, second_factor_at=None, second_factor_step=0)
