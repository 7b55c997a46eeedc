"""What is stored of a person besides the settings, and how its changes are stored."""

import asyncio
import logging
from collections import defaultdict
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel

from restival.engine.errors import EngineUnavailable
from restival.errors import RestivalError

RETRY_SECONDS = 1.0
log = logging.getLogger(__name__)


class Tried(BaseModel):
    """The failed attempts in a row from one place."""

    failures: int = 0
    at: datetime
    """When the last attempt was."""
    locked_until: datetime | None = None


class OpenSession(BaseModel):
    """What is stored of a session, for its person to see."""

    at: datetime
    seen: datetime
    """When the person was last active, or up to ten minutes before."""
    until: datetime
    agent: str = ""
    """How the browser calls itself."""
    address: str = ""


class Subject(BaseModel):
    """An account at an OpenID Connect provider."""

    issuer: str
    sub: str


class Account(BaseModel):
    """A person's own password, second factor, sessions, and failed attempts. It is stored as it is here:
    `second_factor` is encrypted, `password` a hash."""

    password: str | None = None
    """The hash of a password that the person has chosen."""
    replaces: str | None = None
    """The hash in the settings which that password replaces: another one there, after a reset, counts again."""
    second_factor: str | None = None
    second_factor_at: datetime | None = None
    """When it was added."""
    second_factor_step: int = 0
    """The step of the last code that was used, so that each counts once."""
    signed_out_at: datetime | None = None
    """Sessions from before are over."""
    sessions: dict[str, OpenSession] = {}
    ended: dict[str, datetime] = {}
    """Sessions that were ended, by id, with when they would be over anyway."""
    tried: dict[str, Tried] = {}
    """Failed attempts by where they came from."""
    subject: Subject | None = None
    """The person's account at the provider, since the first sign-in there."""
    favourites: list[str] = []
    """The addresses that the person has marked."""
    noticed_at: datetime | None = None
    """When the person has looked at what they were told last."""

    def locked_until(self, now: datetime) -> datetime | None:
        """Until when attempts from somewhere are refused."""
        ends = [each.locked_until for each in self.tried.values() if each.locked_until and each.locked_until > now]
        return max(ends, default=None)


class AccountStore(Protocol):
    """Where accounts are stored."""

    async def all(self) -> dict[str, dict[str, Any]]:
        """All accounts by mail, as JSON objects."""

    async def put(self, mail: str, document: dict[str, Any]) -> None:
        """Store an account. Raises EngineUnavailable."""


class Accounts:
    """The accounts in memory, each change of which is stored: they are asked for with each event of a page."""

    def __init__(self, store: AccountStore) -> None:
        self._store = store
        self._accounts: dict[str, Account] = {}
        self._stored: dict[str, Account] = {}
        self._writing: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._late: dict[str, asyncio.Task[None]] = {}

    async def load(self) -> None:
        """Read all accounts."""
        stored = await self._store.all()
        self._accounts = {mail: Account.model_validate(document) for mail, document in stored.items()}
        self._stored = dict(self._accounts)

    def of(self, mail: str) -> Account:
        """The account of a mail, an empty one if nothing is stored."""
        return self._accounts.get(mail) or Account()

    def mails(self) -> list[str]:
        """Of all accounts."""
        return list(self._accounts)

    def hold(self, mail: str, **changes: Any) -> Account:
        """Change an account here; it is stored with the next change, or by `later`."""
        account = self._accounts[mail] = self.of(mail).model_copy(update=changes)
        return account

    async def change(self, mail: str, **changes: Any) -> Account:
        """Change an account here at once, and store it. Raises EngineUnavailable: it is stored later then."""
        account = self.hold(mail, **changes)
        try:
            await self._write(mail)
        except EngineUnavailable:
            self.later(mail)
            raise
        return account

    def later(self, mail: str) -> None:
        """Store an account in the background, as soon as the engine is there."""
        if mail in self._late:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no loop, nothing to wait for: the next change stores this one too
            return
        self._late[mail] = loop.create_task(self._write_late(mail))

    async def _write_late(self, mail: str) -> None:
        try:
            while self._stored.get(mail) is not self._accounts.get(mail):
                try:
                    await self._write(mail)
                except EngineUnavailable:
                    await asyncio.sleep(RETRY_SECONDS)
        except RestivalError:
            log.exception("An account couldn't be stored.")
        finally:
            del self._late[mail]

    async def _write(self, mail: str) -> None:
        """One write of an account at a time: two at once could arrive in the wrong order, and the older would stay."""
        async with self._writing[mail]:
            account = self._accounts[mail]
            if self._stored.get(mail) is not account:
                await self._store.put(mail, account.model_dump(mode="json"))
                self._stored[mail] = account
