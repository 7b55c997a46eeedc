"""Transactions over HTTP: start actions, look at transactions, answer and cancel, with the same checks as the pages."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from restival.engine.client.errors import AlreadyAnswered
from restival.engine.client.redaction import for_reader
from restival.errors import NotAllowed
from restival.i18n import t
from restival.web.api.context import ApiContext, route
from restival.web.api.json_body import BadRequest, number_in, object_in
from restival.web.api.params import options_of, params_of
from restival.web.api.responses import Answer, ApiError
from restival.web.api.timeline import exported


def routes(api: ApiContext) -> list[Route]:
    """All of them."""
    return [
        route(api, "/actions", actions),
        route(api, "/actions/{slug:path}", start, "POST"),
        route(api, "/transactions/{transaction}", look),
        route(api, "/transactions/{transaction}/answer", answer, "POST"),
        route(api, "/transactions/{transaction}/timeline", timeline),
        route(api, "/transactions/{transaction}/retry", retry, "POST"),
        route(api, "/transactions/{transaction}/restart", restart, "POST"),
        route(api, "/transactions/{transaction}/cancel", cancel, "POST"),
    ]


async def actions(api: ApiContext, request: Request) -> Response:
    """The actions that the person may run."""
    shown = api.site().allowed(api.person(request), "run")
    return Answer([{"slug": item.slug, "title": item.title, "description": item.description} for item in shown])


async def start(api: ApiContext, request: Request) -> Response:
    """Start an action with parameters as a JSON object; options are in the query."""
    action, person = api.startable_action(request)
    params = params_of(action, await api.body(request))
    transaction = await api.engine.client.start(action, params, person, options=options_of(request.query_params))
    return Answer({"id": transaction, "url": f"/t/{transaction}"}, 201)


async def look(api: ApiContext, request: Request) -> Response:
    """A transaction as it is now."""
    view, person = await api.transaction(request)
    view = for_reader(view, api.may(person, "manage", view))
    body = view.model_dump(mode="json", exclude={"meta": {"seed"}})
    return Answer({**body, "state": view.state, "pending": view.pending and view.pending.model_dump(mode="json")})


async def timeline(api: ApiContext, request: Request) -> Response:
    """What has happened in a transaction; what steps have given and tracebacks only to who manages the action."""
    view, person = await api.transaction(request)
    return Answer(await exported(api.engine.timelines, view, results=api.may(person, "manage", view)))


async def retry(api: ApiContext, request: Request) -> Response:
    """Have a step tried at once that waits for its next try."""
    view, person = await api.transaction(request)
    site = api.site()
    if not site.access.may_cancel(person, site.registry.get(view.slug), view.standing):
        raise NotAllowed(t("You don't have permission to retry this step."))
    if view.outcome is not None or view.step is None or view.step.awakeable is None:
        raise ApiError(409, t("No step is waiting for a retry."))
    await api.engine.client.retry_now(view, person)
    return Answer({"retried": view.step.name}, 202)


async def restart(api: ApiContext, request: Request) -> Response:
    """Go on from an entry of the timeline in a new transaction: {"entry": its number}."""
    body = await api.body(request)
    view, person = await api.transaction(request)
    action = api.site().registry.get(view.slug)
    if action is None or not api.may(person, "manage", view):
        raise NotAllowed(t("You don't have permission to restart this transaction."))
    entry = number_in(body, "entry", "the number of an entry of the timeline")
    transaction = await api.engine.restarts.restart(action, view, entry, person)
    return Answer({"id": transaction, "url": f"/t/{transaction}"}, 201)


async def answer(api: ApiContext, request: Request) -> Response:
    """Answer the pending IO call: {"n": its number, "values": {field key: answer}}."""
    body = await api.body(request)
    view, person = await api.transaction(request)
    n, pending = number_in(body, "n", "the number of the question"), view.pending
    if pending is None or n != pending.n:
        raise AlreadyAnswered(view.items.get(n))
    site = api.site()
    if not site.access.may_answer(person, site.registry.get(view.slug), view.standing):
        raise NotAllowed(t("You don't have permission to answer this question."))
    values, choice = object_in(body, "values", '{"n": 1, "values": {"0": "…"}}'), body.get("choice")
    if not (choice is None or isinstance(choice, str)):
        raise BadRequest('choice: send the value of a button, such as {"choice": "approve"}')
    await api.engine.client.answer(view.id, pending, values, person, choice=choice)
    return Answer({"answered": pending.n})


async def cancel(api: ApiContext, request: Request) -> Response:
    """Cancel a transaction that hasn't ended."""
    view, person = await api.transaction(request)
    if view.outcome is not None:
        raise ApiError(409, t("This transaction has ended."))
    site = api.site()
    if not site.access.may_cancel(person, site.registry.get(view.slug), view.standing):
        raise NotAllowed(t("You don't have permission to cancel this transaction."))
    await api.engine.client.cancel(view, person)
    return Answer({"cancelled": view.id}, 202)
