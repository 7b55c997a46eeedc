"""Accounts kept by Restate: a virtual object for each mail."""

from urllib.parse import quote

from restate import ObjectContext, VirtualObject
from restate.serde import BytesSerde

from restival.auth.account import Account
from restival.engine.admin import Admin
from restival.engine.ingress import Ingress
from restival.engine.seals import Seals
from restival.io.seal import opened, sealed

SERVICE = "_restival.accounts"
"""No action has such a name: what begins with _ isn't read."""
KEY = "account"


def account_service(seals: Seals) -> VirtualObject:
    """The service that keeps accounts. What isn't sealed would take the place of an account, and with it of a second
    factor, a password that was chosen, and the sessions that have ended."""
    service = VirtualObject(SERVICE)

    @service.handler(name="put", input_serde=BytesSerde(), output_serde=BytesSerde())
    async def put(context: ObjectContext, account: bytes) -> bytes:
        seals.check(account, context.key(), "account")
        context.set(KEY, account, serde=BytesSerde())
        return b""

    return service


class RestateAccounts:
    """Reads and keeps accounts, sealed: others who reach Restate can't make one. Raises EngineUnavailable."""

    def __init__(self, ingress: Ingress, admin: Admin, secret: bytes) -> None:
        self._ingress = ingress
        self._admin = admin
        self._secret = secret

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
                found[mail] = Account.model_validate_json(account)
        return found

    async def put(self, mail: str, account: Account) -> None:
        """Keep an account."""
        body = sealed(account.model_dump_json().encode(), self._secret, mail)
        await self._ingress.call(SERVICE, quote(mail, safe=""), "put", body)
