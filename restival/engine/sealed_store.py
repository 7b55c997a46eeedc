"""Accounts kept by Restate: a virtual object for each mail."""

import time
from collections import defaultdict
from urllib.parse import quote

from pydantic import ValidationError
from restate import ObjectContext, VirtualObject
from restate.serde import BytesSerde

from restival.auth.account import Account
from restival.engine.restate.admin import Admin
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.seals import Seals
from restival.io.core.seal import opened, sealed

SERVICE = "_restival.accounts"
"""No action has such a name: what begins with _ isn't read."""
KEY = "account"


def account_service(seals: Seals) -> VirtualObject:
    """The service that keeps accounts. What isn't sealed would take the place of an account, and with it of a second
    factor, a password that was chosen, and the sessions that have ended."""
    service = VirtualObject(SERVICE)

    @service.handler(name="put", input_serde=BytesSerde(), output_serde=BytesSerde())
    async def put(context: ObjectContext, account: bytes) -> bytes:
        mail = context.key()
        seals.check(account, mail, "account")
        stored = await context.get(KEY, serde=BytesSerde())
        if stored is not None and _version(seals, stored, mail) > _version(seals, account, mail):
            seals.refuse(f"account {mail}, as it was before")
        context.set(KEY, account, serde=BytesSerde())
        return b""

    return service


class StoredAccount(Account):
    """An account as it is stored. Whoever has seen an older one on its way to Restate can't put it back."""

    version: int = 0
    """The time when it was stored, in microseconds since 1970, or a little more."""


def _version(seals: Seals, stored: bytes, mail: str) -> int:
    """0 if the app hasn't stored it."""
    account, ours = seals.holds(stored, mail)
    try:
        return StoredAccount.model_validate_json(account).version if ours else 0
    except ValidationError:
        return 0


class RestateAccounts:
    """Reads and keeps accounts, sealed: others who reach Restate can't make one. Raises EngineUnavailable."""

    def __init__(self, ingress: Ingress, admin: Admin, secret: bytes) -> None:
        self._ingress = ingress
        self._admin = admin
        self._secret = secret
        self._versions: dict[str, int] = defaultdict(int)

    async def all(self) -> dict[str, Account]:
        """All accounts by mail."""
        rows = await self._admin.query(
            f"SELECT service_key, value_utf8 FROM state WHERE service_name = '{SERVICE}' AND key = '{KEY}'"
        )
        found: dict[str, Account] = {}
        for row in rows:
            mail = row["service_key"]
            account, ours = opened(row["value_utf8"].encode(), self._secret, mail)
            if ours:
                stored = StoredAccount.model_validate_json(account)
                self._versions[mail] = stored.version
                found[mail] = Account(**stored.model_dump(exclude={"version"}))
        return found

    async def put(self, mail: str, account: Account) -> None:
        """Keep an account."""
        version = self._versions[mail] = max(self._versions[mail] + 1, time.time_ns() // 1_000)
        stored = StoredAccount(**account.model_dump(), version=version)
        body = sealed(stored.model_dump_json().encode(), self._secret, mail)
        await self._ingress.call(SERVICE, quote(mail, safe=""), "put", body)
