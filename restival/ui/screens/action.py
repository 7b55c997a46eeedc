"""The page of an action: what it does, and the form that starts it."""

import asyncio
import json

from nicegui import PageArguments, context, ui
from starlette.datastructures import QueryParams

from restival.access.assignment import Assignee
from restival.actions.action import Action
from restival.engine.errors import EngineUnavailable
from restival.engine.state.records import StartOptions
from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import Choice, Json
from restival.site.assignments import candidates, queue, to_be_run
from restival.ui.assignment.dialog import HandOn
from restival.ui.elements.button import Button
from restival.ui.elements.content.prose import draw_markdown
from restival.ui.elements.focus import put_focus
from restival.ui.elements.icon import spinner
from restival.ui.elements.link import go, link
from restival.ui.elements.not_found import not_found_page
from restival.ui.elements.schedule_summary import draw_schedules_of
from restival.ui.elements.text import text
from restival.ui.forms.form import Form
from restival.ui.forms.prefill import prefilled
from restival.ui.session.current_person import current_person
from restival.ui.session.listing import action_of
from restival.ui.session.navigation_source import By, visit
from restival.ui.session.permissions import audit_denials, require
from restival.ui.session.services import Services

CONNECT_SECONDS = 60.0
HAND = "hand"
RETRY_SECONDS = 0.5


async def action_page(services: Services, slug: str, arguments: PageArguments) -> None:
    """Draw an action's start form, or start it where it asks for nothing."""
    site = services.site()
    action = site.registry.get(slug)
    if action is None or not site.access.may(current_person(), "see", action):
        not_found_page(services, f"/{slug}")
        return
    ui.page_title(f"{action.title} · {site.settings.title}")
    with ui.element("div").classes("r-narrow"):
        if action.group:
            link(t("All actions"), "/", "r-link r-back")
        text("h1", action.title, "r-h1")
        if action.description:
            draw_markdown(action.description, "r-hint")
        draw_schedules_of(services, action)
        if not site.access.may(current_person(), "run", action):
            text("p", t("You can see this action, but you don't have permission to run it."), "r-hint")
        elif action.has_params:
            _start_form(services, action, arguments.query_parameters)
        else:
            await _start_without_form(services, action)


def _start_form(services: Services, action: Action, query: QueryParams) -> None:
    form = action.start_form()
    fields, errors = prefilled(form, action.params, query)
    transaction = services.client.new_id(action)

    among = candidates(services.site(), action, to_be_run())

    async def start(values: dict[str, Json], choice: str) -> None:
        if choice == HAND:
            _choose_who(services, action, values, among, transaction)
            return
        await _start(services, action.slug, values, transaction)
        go(f"/t/{transaction}")

    choices = [Choice(label=t("Start"), value="start")]
    if among:
        choices.append(Choice(label=t("Assign to…"), value=HAND, theme="secondary"))

    Form(
        fields,
        draft_key=f"start/{action.slug}" + (f"?{query}" if query else ""),
        errors=errors,
        choices=choices,
        label=t("Start form"),
        on_submit=start,
    ).focus()


def _choose_who(
    services: Services, action: Action, values: dict[str, Json], among: list[Assignee], transaction: str
) -> None:
    """Prepare the action for somebody else: they find it in their inbox."""
    params = action.start_form().validate_answer(values)

    async def give(to: str, note: str) -> None:
        site, person = services.site(), current_person()
        with audit_denials(services, "run", action.slug):
            await queue(services.client, site, action, params, person, to, StartOptions(note=note), transaction)
        go(f"/t/{transaction}")

    HandOn(t("Who should run this action?"), among, give)


async def _start_without_form(services: Services, action: Action) -> None:
    """Start it where the person has gone there on purpose; where something else may have led here, have them press a
    button (ASVS 3.5.3)."""
    by = visit().by
    if by != "other" and await _start_at_once(services, action, by):
        return
    place = ui.element("div").classes("r-buttons r-start")

    async def start() -> None:
        place.clear()
        with place:
            await _start_at_once(services, action, "click")

    with place:
        Button(t("Start"), start, look="primary")
    put_focus(place)


async def _start_at_once(services: Services, action: Action, by: By) -> bool:
    """Start it, and go to its transaction or say why not. False if the browser says that the person doesn't want it."""
    with ui.element("div").classes("r-working").props('role="status"') as waiting:
        spinner()
        text("span", t("Starting…"))
    transaction = await _id_of_this_page(services, action, by)
    if transaction is None:
        waiting.delete()
        return False
    while True:
        try:
            await _start(services, action.slug, {}, transaction)
        except EngineUnavailable:
            await asyncio.sleep(RETRY_SECONDS)
        except RestivalError as error:
            waiting.delete()
            text("p", str(error), "r-alert").props('role="alert"')
            return True
        else:
            go(f"/t/{transaction}", replace=True)
            return True


async def _id_of_this_page(services: Services, action: Action, by: By) -> str | None:
    """The id that the page starts under; one that was reloaded meanwhile has it already. None if it may start none."""
    await context.client.connected(timeout=CONNECT_SECONDS)
    fresh = services.client.new_id(action)
    given = ["/" + action.slug, None if by == "app" else fresh, by == "typing"]
    kept = await ui.run_javascript(f"return window.restivalStartId(...{json.dumps(given)})", timeout=CONNECT_SECONDS)
    if kept is None:
        return None
    return str(kept) if action_of(services, str(kept)) is action else fresh


async def _start(services: Services, slug: str, values: dict[str, Json], transaction: str) -> None:
    """Start the action as it is declared now, if the person may; a second time with the same id changes nothing."""
    site = services.site()
    action = site.registry.get(slug)
    allowed = action is not None and site.access.may(current_person(), "run", action)
    message = t("This action doesn't exist, or you don't have access.")
    require(services, allowed, message=message, what="run", where=slug)
    assert action is not None
    params = action.start_form().validate_answer(values)
    await services.client.start(action, params, current_person(), transaction)
