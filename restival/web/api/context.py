"""What all handlers of the HTTP API need: who asks, for which transaction, and with what body."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from restival.access.person import Person
from restival.access.rights import Right
from restival.actions.action import Action
from restival.engine.client.errors import UnknownTransaction
from restival.engine.engine import Engine
from restival.engine.state.transaction import Transaction
from restival.errors import NotAllowed
from restival.i18n import t
from restival.io.core.call import Json
from restival.pages.files import PageFiles
from restival.site.site import Site
from restival.storage.transaction_files import Files
from restival.web.api.json_body import json_object
from restival.web.api.responses import ApiError, error_response

POSSIBLE = re.compile(r"[^\s/?#%\\\x00-\x1f\x7f\ud800-\udfff]{1,300}")
"""Ids that have no other meaning in an address of Restate."""


@dataclass(frozen=True)
class ApiContext:
    """What the API serves, and to whom."""

    engine: Engine
    files: Files
    page_files: PageFiles
    audit: Path
    """The file of the audit."""
    site: Callable[[], Site]
    person: Callable[[Request], Person]
    """Returns who sent a request."""
    max_bytes: int
    """How large a body may be."""

    async def body(self, request: Request) -> dict[str, Json]:
        """Returns the JSON object that was sent. Raises BadRequest, AnswerTooLarge."""
        return await json_object(request, self.max_bytes)

    async def transaction(self, request: Request) -> tuple[Transaction, Person]:
        """Returns the transaction that a request names as it is now, and who asks. Raises UnknownTransaction, also if
        they don't have permission to see it."""
        named, person, site = request.path_params["transaction"], self.person(request), self.site()
        if not POSSIBLE.fullmatch(named):
            raise UnknownTransaction(named)
        transaction = await self.engine.client.view(named)
        if not site.access.may_view(person, site.registry.get(transaction.slug), transaction.standing):
            raise UnknownTransaction(transaction.id)
        return transaction, person

    def startable_action(self, request: Request) -> tuple[Action, Person]:
        """Returns the action that a request names, and who asks. Raises ApiError if they can't see it, NotAllowed if
        they can't run it."""
        slug, person, site = request.path_params["slug"], self.person(request), self.site()
        action = site.registry.get(slug)
        if action is None or not site.access.may(person, "see", action):
            raise ApiError(404, t("Action {slug} doesn't exist.", slug=slug))
        if not site.access.may(person, "run", action):
            raise NotAllowed(t("You can see this action, but you don't have permission to run it."))
        return action, person

    def may(self, person: Person, right: Right, transaction: Transaction) -> bool:
        """Returns whether a person has a right to the action of a transaction."""
        site = self.site()
        return site.access.may(person, right, site.registry.get(transaction.slug))


Handler = Callable[[ApiContext, Request], Awaitable[Response]]


def route(api: ApiContext, path: str, handler: Handler, method: str = "GET") -> Route:
    """A route of the API; its errors are sent as JSON with their status."""
    return Route(path, error_response(partial(handler, api)), methods=[method])
