"""Accounts stored by Restate: a virtual object for each email."""

import json
import time
from collections import defaultdict
from typing import Any
from urllib.parse import quote

from restate import ObjectContext, VirtualObject
from restate.serde import BytesSerde

from restival.engine.restate.admin import Admin
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.seals import Seals
from restival.io.core.seal import seal, unseal

SERVICE = "_restival.accounts"
"""No action has such a name: what begins with _ isn't read."""
KEY = "account"
VERSION = "version"
"""The key of the time when a document was stored, in microseconds since 1970, or a little more."""

Document = dict[str, Any]


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


def _version(seals: Seals, stored: bytes, mail: str) -> int:
    """When it was stored; 0 if the app hasn't stored it."""
    body, ours = seals.holds(stored, mail)
    try:
        return int(json.loads(body).get(VERSION, 0)) if ours else 0
    except (ValueError, TypeError, AttributeError):
        return 0


class SealedStore:
    """Stores documents of accounts by email, sealed: others who reach Restate can't make one, and can't put an
    older one back that they have seen on its way. Raises EngineUnavailable."""

    def __init__(self, ingress: Ingress, admin: Admin, secret: bytes) -> None:
        self._ingress = ingress
        self._admin = admin
        self._secret = secret
        self._versions: dict[str, int] = defaultdict(int)

    async def all(self) -> dict[str, Document]:
        """All documents by email."""
        rows = await self._admin.query(
            f"SELECT service_key, value_utf8 FROM state WHERE service_name = '{SERVICE}' AND key = '{KEY}'"
        )
        found: dict[str, Document] = {}
        for row in rows:
            mail = row["service_key"]
            body, ours = unseal(row["value_utf8"].encode(), self._secret, mail)
            if ours:
                found[mail] = json.loads(body)
                self._versions[mail] = found[mail].pop(VERSION, 0)
        return found

    async def put(self, mail: str, document: Document) -> None:
        """Store a document."""
        version = self._versions[mail] = max(self._versions[mail] + 1, time.time_ns() // 1_000)
        body = seal(json.dumps({**document, VERSION: version}).encode(), self._secret, mail)
        await self._ingress.call(SERVICE, quote(mail, safe=""), "put", body)
