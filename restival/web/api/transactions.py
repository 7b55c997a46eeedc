"""The HTTP API: start actions, look at transactions, answer and cancel, with the same checks as the pages."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from restival.access.person import Person
from restival.access.rights import Right
from restival.engine.client.client import Client
from restival.engine.client.errors import AlreadyAnswered
from restival.engine.client.history import History
from restival.engine.client.redaction import for_reader
from restival.engine.client.restart import Restarts
from restival.engine.client.timeline import Timelines
from restival.engine.state.transaction import Transaction
from restival.errors import NotAllowed
from restival.i18n import t
from restival.io.core.call import Json
from restival.site.site import Site
from restival.web.api.assignments import HandoverRoutes
from restival.web.api.json_body import BadRequest, json_object, number_in, object_in
from restival.web.api.lookup import view_for
from restival.web.api.params import options_of, params_of
from restival.web.api.responses import Answer, answered, error_answer
from restival.web.api.timeline import exported


class Api:
    """The routes under /api. `person` tells who asks."""

    def __init__(
        self,
        client: Client,
        timelines: Timelines,
        restarts: Restarts,
        site: Callable[[], Site],
        person: Callable[[Request], Person],
        max_bytes: int,
        history: History,
    ) -> None:
        self._handover = HandoverRoutes(client, history, site, person, self._body, self._view)
        self._client = client
        self._timelines = timelines
        self._restarts = restarts
        self._site = site
        self._person = person
        self._max_bytes = max_bytes

    def mount(self) -> Mount:
        """The API as a mount at /api."""
        return Mount(
            "/api",
            routes=[
                Route("/actions", answered(self.actions)),
                Route("/actions/{slug:path}", answered(self.start), methods=["POST"]),
                Route("/transactions/{id}", answered(self.look)),
                Route("/transactions/{id}/answer", answered(self.answer), methods=["POST"]),
                Route("/transactions/{id}/timeline", answered(self.timeline)),
                Route("/transactions/{id}/retry", answered(self.retry), methods=["POST"]),
                Route("/transactions/{id}/restart", answered(self.restart), methods=["POST"]),
                Route("/transactions/{id}/cancel", answered(self.cancel), methods=["POST"]),
                *self._handover.routes(answered),
            ],
        )

    async def actions(self, request: Request) -> Response:
        """The actions that the person may run."""
        shown = self._site().allowed(self._person(request), "run")
        return Answer([{"slug": item.slug, "title": item.title, "description": item.description} for item in shown])

    async def start(self, request: Request) -> Response:
        """Starts an action with its params as a JSON object; options are in the query."""
        person, site = self._person(request), self._site()
        action = site.registry.get(request.path_params["slug"])
        if action is None or not site.access.may(person, "see", action):
            return error_answer(404, t("There is no action {slug}.", slug=request.path_params["slug"]))
        if not site.access.may(person, "run", action):
            raise NotAllowed(t("You may see this action, but not run it."))
        params = params_of(action, await self._body(request))
        options = options_of(request.query_params)
        transaction = await self._client.start(action, params, person, options=options)
        return Answer({"id": transaction, "url": f"/t/{transaction}"}, 201)

    async def look(self, request: Request) -> Response:
        """A transaction as it is now."""
        view, person = await self._view(request)
        view = for_reader(view, self._may(person, "manage", view))
        body = view.model_dump(mode="json", exclude={"meta": {"seed"}})
        return Answer({**body, "state": view.state, "pending": view.pending and view.pending.model_dump(mode="json")})

    async def timeline(self, request: Request) -> Response:
        """What has happened in a transaction; what steps have given and tracebacks only to who manages the action."""
        view, person = await self._view(request)
        return Answer(await exported(self._timelines, view, results=self._may(person, "manage", view)))

    async def retry(self, request: Request) -> Response:
        """Have a step tried at once that waits for its next try."""
        view, person = await self._view(request)
        site = self._site()
        if not site.access.may_cancel(person, site.registry.get(view.slug), view.standing):
            raise NotAllowed(t("You may not have this tried again."))
        if view.outcome is not None or view.step is None or view.step.awakeable is None:
            return error_answer(409, t("No step waits for its next try."))
        await self._client.retry_now(view, person)
        return Answer({"retried": view.step.name}, 202)

    async def restart(self, request: Request) -> Response:
        """Go on from an entry of the timeline in a new transaction: {"entry": its number}."""
        body = await self._body(request)
        view, person = await self._view(request)
        action = self._site().registry.get(view.slug)
        if action is None or not self._may(person, "manage", view):
            raise NotAllowed(t("You may not restart this."))
        entry = number_in(body, "entry", "the number of an entry of the timeline")
        transaction = await self._restarts.restart(action, view, entry, person)
        return Answer({"id": transaction, "url": f"/t/{transaction}"}, 201)

    async def answer(self, request: Request) -> Response:
        """Answer the pending IO call: {"n": its number, "values": {field key: answer}}."""
        body = await self._body(request)
        view, person = await self._view(request)
        n, pending = number_in(body, "n", "the number of the question"), view.pending
        if pending is None or n != pending.n:
            raise AlreadyAnswered(view.items.get(n))
        site = self._site()
        if not site.access.may_answer(person, site.registry.get(view.slug), view.standing):
            raise NotAllowed(t("You may not answer this."))
        values, choice = object_in(body, "values", '{"n": 1, "values": {"0": "…"}}'), body.get("choice")
        if not (choice is None or isinstance(choice, str)):
            raise BadRequest('choice: send the value of a button, as in {"choice": "approve"}')
        await self._client.answer(view.id, pending, values, person, choice=choice)
        return Answer({"answered": pending.n})

    async def cancel(self, request: Request) -> Response:
        """Cancel a transaction that hasn't ended."""
        view, person = await self._view(request)
        if view.outcome is not None:
            return error_answer(409, t("This transaction has ended."))
        site = self._site()
        if not site.access.may_cancel(person, site.registry.get(view.slug), view.standing):
            raise NotAllowed(t("You may not cancel this."))
        await self._client.cancel(view, person)
        return Answer({"cancelled": view.id}, 202)

    async def _view(self, request: Request) -> tuple[Transaction, Person]:
        person = self._person(request)
        return await view_for(self._client, self._site(), person, request.path_params["id"]), person

    def _may(self, person: Person, right: Right, view: Transaction) -> bool:
        site = self._site()
        return site.access.may(person, right, site.registry.get(view.slug))

    async def _body(self, request: Request) -> dict[str, Json]:
        return await json_object(request, self._max_bytes)
