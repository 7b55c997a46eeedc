"""What is kept of a person besides the settings, and for whom it is asked at each sign-in."""

from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel

STRANGERS = 10_000
"""Mails of nobody here whose failures are remembered, so that they are answered like those of people."""


class Account(BaseModel):
    """A person's own password, second factor and failed attempts. It is stored as it stands here: `second_factor` is
    encrypted, `password` a hash."""

    password: str | None = None
    """The hash of a password that the person has chosen."""
    replaces: str | None = None
    """The hash in the settings which that password replaces: another one there, after a reset, counts again."""
    second_factor: str | None = None
    signed_out_at: datetime | None = None
    """Sessions from before are over."""
    failures: int = 0
    locked_until: datetime | None = None
    favourites: list[str] = []
    """The addresses that the person has marked."""
    noticed_at: datetime | None = None
    """When the person has looked at what they were told last."""


class AccountStore(Protocol):
    """Where accounts are kept."""

    async def all(self) -> dict[str, Account]:
        """All accounts by mail."""

    async def put(self, mail: str, account: Account) -> None:
        """Keep an account."""


class Accounts:
    """The accounts in memory, each change of which is stored: they are asked for with each event of a page."""

    def __init__(self, store: AccountStore) -> None:
        self._store = store
        self._accounts: dict[str, Account] = {}
        self._strangers: dict[str, None] = {}

    async def load(self) -> None:
        """Read all accounts."""
        self._accounts = await self._store.all()

    def of(self, mail: str) -> Account:
        """The account of a mail, an empty one where nothing is kept."""
        return self._accounts.get(mail) or Account()

    def notice(self, mail: str, **changes: Any) -> None:
        """Change what is remembered of a mail that nobody here has, for as long as there is room."""
        self._accounts[mail] = self.of(mail).model_copy(update=changes)
        self._strangers[mail] = None
        if len(self._strangers) > STRANGERS:
            oldest = next(iter(self._strangers))
            del self._strangers[oldest]
            self._accounts.pop(oldest, None)

    async def change(self, mail: str, **changes: Any) -> Account:
        """Change an account: at once here, and then where it is kept."""
        account = self._accounts[mail] = self.of(mail).model_copy(update=changes)
        await self._store.put(mail, account)
        return account
