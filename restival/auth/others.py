"""What those who manage the app do about the accounts of others."""

from restival.access.person import Person
from restival.auth.account import Accounts
from restival.auth.audit import Audit
from restival.auth.factors import Factors
from restival.auth.sessions import Sessions


class OthersAccounts:
    """The accounts of others. All raise EngineUnavailable where that can't be kept now."""

    def __init__(self, accounts: Accounts, factors: Factors, sessions: Sessions, audit: Audit) -> None:
        self._accounts = accounts
        self._factors = factors
        self._sessions = sessions
        self._audit = audit

    async def unlock(self, mail: str, by: Person) -> None:
        """Let somebody try again who has failed too often."""
        await self._accounts.change(mail, tried={})
        self._audit.write("unlocked", by, whom=mail)

    async def end_sessions(self, mail: str, by: Person) -> None:
        """Have somebody sign in anew everywhere."""
        await self._sessions.end_all(mail)
        self._audit.write("sessions ended", by, whom=mail)

    async def forget_second_factor(self, mail: str, by: Person) -> None:
        """Help somebody who has lost their authenticator app: it is asked for no longer, and all sessions end."""
        await self._factors.drop(mail)
        self._audit.write("second factor forgotten", by, whom=mail)
        await self._sessions.end_all(mail)

    async def forget_subject(self, mail: str, by: Person) -> None:
        """Have the next account at the provider count that signs in by the person's mail; all sessions end."""
        await self._accounts.change(mail, subject=None)
        self._audit.write("provider account forgotten", by, whom=mail)
        await self._sessions.end_all(mail)
