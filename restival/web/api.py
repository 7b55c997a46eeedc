"""The HTTP API: start actions, look at transactions, answer and cancel, with the same checks as the pages."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from restival.access import Person, Right
from restival.engine.client import AlreadyAnswered, AnswerTooLarge, ChangedHands, Client, UnknownTransaction
from restival.engine.history import History
from restival.engine.recorded import Recorded
from restival.engine.restarts import CannotRestart, Restarts
from restival.engine.transport import EngineUnavailable
from restival.engine.view import View
from restival.errors import NotAllowed, RestivalError
from restival.handing import NotTheirs
from restival.io.call import InvalidAnswer
from restival.io.nested import errors_by_path
from restival.site import Site
from restival.web.handover import HandoverRoutes
from restival.web.timeline import exported
from restival.words import t

Handler = Callable[[Request], Awaitable[Response]]


class BadRequest(RestivalError):
    """A request that can't be understood."""


STATUS: Mapping[type[Exception], int] = {
    UnknownTransaction: 404,
    AlreadyAnswered: 409,
    CannotRestart: 409,
    AnswerTooLarge: 413,
    EngineUnavailable: 503,
    NotAllowed: 403,
    ChangedHands: 409,
    NotTheirs: 422,
}


class Api:
    """The routes under /api. `person` tells who asks."""

    def __init__(
        self,
        client: Client,
        recorded: Recorded,
        restarts: Restarts,
        site: Callable[[], Site],
        person: Callable[[Request], Person],
        max_bytes: int,
        history: History,
    ) -> None:
        self._handover = HandoverRoutes(client, history, site, person, self._body, self._view)
        self._client = client
        self._recorded = recorded
        self._restarts = restarts
        self._site = site
        self._person = person
        self._max_bytes = max_bytes

    def mount(self) -> Mount:
        """The API as a mount at /api."""
        return Mount(
            "/api",
            routes=[
                Route("/actions", _told(self.actions)),
                Route("/actions/{slug:path}", _told(self.start), methods=["POST"]),
                Route("/transactions/{id}", _told(self.look)),
                Route("/transactions/{id}/answer", _told(self.answer), methods=["POST"]),
                Route("/transactions/{id}/timeline", _told(self.timeline)),
                Route("/transactions/{id}/retry", _told(self.retry), methods=["POST"]),
                Route("/transactions/{id}/restart", _told(self.restart), methods=["POST"]),
                Route("/transactions/{id}/cancel", _told(self.cancel), methods=["POST"]),
                *self._handover.routes(_told),
            ],
        )

    async def actions(self, request: Request) -> Response:
        """The actions that the person may run."""
        shown = self._site().allowed(self._person(request), "run")
        return JSONResponse(
            [{"slug": item.slug, "title": item.title, "description": item.description} for item in shown]
        )

    async def start(self, request: Request) -> Response:
        """Start an action with parameters as a JSON object."""
        person, site = self._person(request), self._site()
        action = site.registry.get(request.path_params["slug"])
        if action is None or not site.access.may(person, "see", action):
            return _error(404, t("There is no action {slug}.", slug=request.path_params["slug"]))
        if not site.access.may(person, "run", action):
            raise NotAllowed(t("You may see this action, but not run it."))
        try:
            params = action.params.model_validate(await self._body(request))
        except ValidationError as error:
            raise InvalidAnswer(errors_by_path(error.errors(include_url=False), action.start_form())) from None
        transaction = await self._client.start(action, params, person)
        return JSONResponse({"id": transaction, "url": f"/t/{transaction}"}, 201)

    async def look(self, request: Request) -> Response:
        """A transaction as it is now."""
        view, person = await self._view(request)
        body = view.model_dump(mode="json", exclude={"meta": {"seed"}})
        if view.outcome is not None and not self._may(person, "manage", view):
            body["outcome"]["traceback"] = None
        return JSONResponse(
            {**body, "state": view.state, "pending": view.pending and view.pending.model_dump(mode="json")}
        )

    async def timeline(self, request: Request) -> Response:
        """What has happened in a transaction; what steps have given and tracebacks only to who manages the action."""
        view, person = await self._view(request)
        return JSONResponse(await exported(self._recorded, view, results=self._may(person, "manage", view)))

    async def retry(self, request: Request) -> Response:
        """Have a step tried at once that waits for its next try."""
        view, person = await self._view(request)
        site = self._site()
        if not site.access.may_cancel(person, site.registry.get(view.slug), view.standing):
            raise NotAllowed(t("You may not have this tried again."))
        if view.outcome is not None or view.step is None or view.step.awakeable is None:
            return _error(409, t("No step waits for its next try."))
        await self._client.retry_now(view, person)
        return JSONResponse({"retried": view.step.name}, 202)

    async def restart(self, request: Request) -> Response:
        """Go on from an entry of the timeline in a new transaction: {"entry": its number}."""
        body = await self._body(request)
        view, person = await self._view(request)
        action = self._site().registry.get(view.slug)
        if action is None or not self._may(person, "manage", view):
            raise NotAllowed(t("You may not restart this."))
        if not isinstance(body.get("entry"), int):
            raise BadRequest('entry: send the number of an entry of the timeline, as in {"entry": 4}')
        transaction = await self._restarts.restart(action, view, body["entry"], person)
        return JSONResponse({"id": transaction, "url": f"/t/{transaction}"}, 201)

    async def answer(self, request: Request) -> Response:
        """Answer the pending IO call: {"n": its number, "values": {field key: answer}}."""
        body = await self._body(request)
        view, person = await self._view(request)
        pending = view.pending
        if pending is None or body.get("n") != pending.n:
            raise AlreadyAnswered(view.items.get(body.get("n", 0)))
        site = self._site()
        if not site.access.may_answer(person, site.registry.get(view.slug), view.standing):
            raise NotAllowed(t("You may not answer this."))
        if not isinstance(body.get("values"), dict):
            raise BadRequest('values: send an object, as in {"n": 1, "values": {"0": "…"}}')
        await self._client.answer(view.id, pending, body["values"], person, choice=body.get("choice"))
        return JSONResponse({"answered": pending.n})

    async def cancel(self, request: Request) -> Response:
        """Cancel a transaction that hasn't ended."""
        view, person = await self._view(request)
        if view.outcome is not None:
            return _error(409, t("This transaction has ended."))
        site = self._site()
        if not site.access.may_cancel(person, site.registry.get(view.slug), view.standing):
            raise NotAllowed(t("You may not cancel this."))
        await self._client.cancel(view, person)
        return JSONResponse({"cancelled": view.id}, 202)

    async def _view(self, request: Request) -> tuple[View, Person]:
        person = self._person(request)
        view = await self._client.view(request.path_params["id"])
        site = self._site()
        if not site.access.may_view(person, site.registry.get(view.slug), view.standing):
            raise UnknownTransaction(view.id)
        return view, person

    def _may(self, person: Person, right: Right, view: View) -> bool:
        site = self._site()
        return site.access.may(person, right, site.registry.get(view.slug))

    async def _body(self, request: Request) -> dict[str, Any]:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            raise BadRequest("send JSON, with the header content-type: application/json")
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > self._max_bytes:
                raise AnswerTooLarge(int(request.headers.get("content-length", len(data))), self._max_bytes)
        try:
            body = json.loads(data or b"{}")
        except ValueError as error:
            raise BadRequest(f"the body isn't JSON: {error}") from None
        if not isinstance(body, dict):
            raise BadRequest("the body has to be a JSON object")
        return body


def _told(handler: Handler) -> Handler:
    async def told(request: Request) -> Response:
        try:
            return await handler(request)
        except InvalidAnswer as error:
            return JSONResponse({"error": t("The answer can't be taken."), "fields": error.errors}, 422)
        except RestivalError as error:
            return _error(STATUS.get(type(error), 400), str(error))

    return told


def _error(status: int, message: str) -> Response:
    return JSONResponse({"error": message}, status)
