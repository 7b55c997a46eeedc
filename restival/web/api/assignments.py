"""What waits for people, for programs: the inbox, changes of hands, and actions prepared for somebody."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from restival.access.person import Person
from restival.engine.client.client import Client
from restival.engine.client.history import History
from restival.engine.state.transaction import Transaction
from restival.errors import NotAllowed
from restival.i18n import t
from restival.site.assignments import claim, give_back, hand_on, queue, waits_for
from restival.site.site import Site
from restival.site.transactions import waiting_for
from restival.web.api.history import as_row
from restival.web.api.json_body import object_in, text_in
from restival.web.api.params import options_of, params_of
from restival.web.api.responses import Answer, error_answer

Body = Callable[[Request], Awaitable[dict[str, Any]]]
Open = Callable[[Request], Awaitable[tuple[Transaction, Person]]]
"""The transaction of a request and who asks. Raises UnknownTransaction where that isn't for them."""


class HandoverRoutes:
    """The routes below /api. `told` tells errors, `body` reads a request's JSON, `look` finds its transaction."""

    def __init__(
        self,
        client: Client,
        history: History,
        site: Callable[[], Site],
        person: Callable[[Request], Person],
        body: Body,
        look: Open,
    ) -> None:
        self._client = client
        self._history = history
        self._site = site
        self._person = person
        self._body = body
        self._open = look

    async def inbox(self, request: Request) -> Response:
        """What waits for the person, the oldest question first."""
        site, person = self._site(), self._person(request)
        return Answer(
            [
                {
                    **as_row(entry),
                    "url": f"/t/{entry.id}",
                    "asked": entry.asked,
                    "asked_at": entry.asked_at and entry.asked_at.isoformat(),
                    "waits_for": waits_for(site, entry.hands),
                    "note": entry.hands.note if entry.hands else "",
                    "reminders": entry.hands.reminders if entry.hands else 0,
                }
                for entry in waiting_for(site, person, self._history)
            ]
        )

    async def hand(self, request: Request) -> Response:
        """Put what waits into other hands: {"to": a mail or a role, "note": …}."""
        body = await self._body(request)
        view, person = await self._open(request)
        to = text_in(body, "to")
        await hand_on(self._client, self._site(), view, person, to, text_in(body, "note"))
        return Answer({"waits_for": to})

    async def claim(self, request: Request) -> Response:
        """Take on what several people are asked."""
        await self._body(request)
        view, person = await self._open(request)
        await claim(self._client, self._site(), view, person)
        return Answer({"waits_for": person.name})

    async def give_back(self, request: Request) -> Response:
        """Let the others do it."""
        await self._body(request)
        view, person = await self._open(request)
        await give_back(self._client, self._site(), view, person)
        return Answer({"given_back": view.id})

    async def queue(self, request: Request) -> Response:
        """Prepare an action for somebody: {"to": a mail or a role, "params": {…}, "note": …}."""
        slug, site, person = request.path_params["slug"], self._site(), self._person(request)
        action = site.registry.get(slug)
        if action is None or not site.access.may(person, "see", action):
            return error_answer(404, t("There is no action {slug}.", slug=slug))
        if not site.access.may(person, "run", action):
            raise NotAllowed(t("You may see this action, but not run it."))
        body = await self._body(request)
        given = object_in({"params": {}, **body}, "params", '{"to": "finance", "params": {"amount": 12}}')
        to, params = text_in(body, "to"), params_of(action, given)
        transaction = await queue(self._client, site, action, params, person, to, options_of(body))
        return Answer({"id": transaction, "url": f"/t/{transaction}"}, 201)

    def routes(self, told: Callable[[Callable[[Request], Awaitable[Response]]], Any]) -> list[Route]:
        """All of them."""
        return [
            Route("/inbox", told(self.inbox)),
            Route("/queue/{slug:path}", told(self.queue), methods=["POST"]),
            Route("/transactions/{id}/hand", told(self.hand), methods=["POST"]),
            Route("/transactions/{id}/claim", told(self.claim), methods=["POST"]),
            Route("/transactions/{id}/give-back", told(self.give_back), methods=["POST"]),
        ]
