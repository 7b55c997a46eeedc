"""What waits for people, for programs: the inbox, changes of hands, and actions prepared for somebody."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from restival.site.assignments import claim as claim_question
from restival.site.assignments import give_back as give_question_back
from restival.site.assignments import hand_on, waits_for
from restival.site.assignments import queue as queue_action
from restival.site.transactions import waiting_for
from restival.web.api.context import ApiContext, route
from restival.web.api.history import as_row
from restival.web.api.json_body import object_in, text_in
from restival.web.api.params import options_of, params_of
from restival.web.api.responses import Answer


def routes(api: ApiContext) -> list[Route]:
    """All of them."""
    return [
        route(api, "/inbox", inbox),
        route(api, "/queue/{slug:path}", queue, "POST"),
        route(api, "/transactions/{transaction}/hand", hand, "POST"),
        route(api, "/transactions/{transaction}/claim", claim, "POST"),
        route(api, "/transactions/{transaction}/give-back", give_back, "POST"),
    ]


async def inbox(api: ApiContext, request: Request) -> Response:
    """What waits for the person, the oldest question first."""
    site, person = api.site(), api.person(request)
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
            for entry in waiting_for(site, person, api.engine.history)
        ]
    )


async def hand(api: ApiContext, request: Request) -> Response:
    """Put what waits into other hands: {"to": a mail or a role, "note": …}."""
    body = await api.body(request)
    view, person = await api.transaction(request)
    to = text_in(body, "to")
    await hand_on(api.engine.client, api.site(), view, person, to, text_in(body, "note"))
    return Answer({"waits_for": to})


async def claim(api: ApiContext, request: Request) -> Response:
    """Take on what several people are asked."""
    await api.body(request)
    view, person = await api.transaction(request)
    await claim_question(api.engine.client, api.site(), view, person)
    return Answer({"waits_for": person.name})


async def give_back(api: ApiContext, request: Request) -> Response:
    """Let the others do it."""
    await api.body(request)
    view, person = await api.transaction(request)
    await give_question_back(api.engine.client, api.site(), view, person)
    return Answer({"given_back": view.id})


async def queue(api: ApiContext, request: Request) -> Response:
    """Prepare an action for somebody: {"to": a mail or a role, "params": {…}, "note": …}."""
    action, person = api.startable_action(request)
    body = await api.body(request)
    given = object_in({"params": {}, **body}, "params", '{"to": "finance", "params": {"amount": 12}}')
    to, params = text_in(body, "to"), params_of(action, given)
    transaction = await queue_action(api.engine.client, api.site(), action, params, person, to, options_of(body))
    return Answer({"id": transaction, "url": f"/t/{transaction}"}, 201)
