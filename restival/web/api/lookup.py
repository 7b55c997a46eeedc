"""The transaction that a request names, for those who may see it."""

import re

from restival.access.person import Person
from restival.engine.client.client import Client
from restival.engine.client.errors import UnknownTransaction
from restival.engine.state.transaction import Transaction
from restival.site.site import Site

POSSIBLE = re.compile(r"[^\s/?#%\\\x00-\x1f\x7f\ud800-\udfff]{1,300}")
"""Ids that mean nothing else in an address of Restate's."""


async def view_for(client: Client, site: Site, person: Person, transaction: str) -> Transaction:
    """Returns a transaction as it is now. Raises UnknownTransaction, also for those who may not see it."""
    if not POSSIBLE.fullmatch(transaction):
        raise UnknownTransaction(transaction)
    view = await client.view(transaction)
    if not site.access.may_view(person, site.registry.get(view.slug), view.standing):
        raise UnknownTransaction(view.id)
    return view
