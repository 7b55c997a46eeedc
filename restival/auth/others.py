"""What those who manage the app do about the accounts of others."""

from datetime import UTC, datetime

from restival.access import Person
from restival.auth.account import Accounts
from restival.auth.audit import Audit


class OthersAccounts:
    """The accounts of others. All raise EngineUnavailable where that can't be kept now."""

    def __init__(self, accounts: Accounts, audit: Audit) -> None:
        self._accounts = accounts
        self._audit = audit

    async def unlock(self, mail: str, by: Person) -> None:
        """Let somebody try again who has failed too often."""
        await self._accounts.change(mail, tried={})
        self._audit.write("unlocked", by, whom=mail)

    async def end_sessions(self, mail: str, by: Person) -> None:
        """Have somebody sign in anew everywhere."""
        await self._accounts.change(mail, signed_out_at=datetime.now(UTC))
        self._audit.write("sessions ended", by, whom=mail)
