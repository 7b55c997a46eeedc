"""What is behind a line of a timeline: answers, results, and what each try has failed with."""

from nicegui import ui
from nicegui.element import Element

from restival.engine.client.recorded_values import plain_text, recorded_traceback
from restival.engine.client.timeline import Span, Try
from restival.engine.state.transaction import Transaction
from restival.errors import RestivalError
from restival.i18n import t
from restival.ui.elements.button import Button
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.elements.times import to_the_second, took_exactly
from restival.ui.elements.toast import show_toast
from restival.ui.screens.transaction.restart_dialog import draw_restart
from restival.ui.screens.transaction.timeline.labels import SHORT
from restival.ui.screens.transaction.transcript import draw_display, draw_item
from restival.ui.session.permissions import as_seen, may_manage
from restival.ui.session.services import Services
from restival.ui.widgets.display.object import draw_object

LONGEST = 200_000
"""Characters of a value that are shown."""
FIRST_BYTES = 700
"""Of a larger value the beginning is shown, and all of it when somebody asks for it."""


def has_details(span: Span, view: Transaction) -> bool:
    """Whether there is more than the line says."""
    match span.kind:
        case "start":
            return view.meta is not None and bool(view.meta.params or view.meta.restarted)
        case "log":
            return len(span.title) > SHORT
        case "outcome":
            return view.outcome is not None and bool(view.outcome.value or view.outcome.traceback)
        case _:
            return span.kind in ("question", "shown", "step", "prepared")


def draw_details(services: Services, view: Transaction, span: Span, *, results: bool) -> None:
    """Draw it all; results of steps, which show the code's inner values, where `results` says so."""
    match span.kind:
        case "start" if view.meta is not None:
            if view.meta.restarted is not None:
                before = view.meta.restarted
                link(t("Previous transaction"), f"/t/{before.transaction}/timeline")
            if view.meta.params:
                draw_object(view.meta.params)
        case "question" | "shown":
            _item(view, span)
        case "log":
            text("pre", span.title, "r-code r-wrap")
        case "outcome" if (outcome := as_seen(services, view).outcome) is not None:
            if outcome.value is not None:
                draw_object(outcome.value)
            if outcome.traceback:
                _traceback(outcome.traceback)
        case "step" | "prepared":
            _step(services, view, span, results=results)
    draw_restart(services, view, span)


def _item(view: Transaction, span: Span) -> None:
    item = view.items.get(span.n or 0)
    if item is None:
        text("p", t("Waiting for an answer in the form."), "r-hint")
    elif item.kind == "display":
        draw_display(item)
    else:
        draw_item(item)


def _step(services: Services, view: Transaction, span: Span, *, results: bool) -> None:
    if len(span.tries) > 1 or span.failed:
        with ui.element("ol").classes("r-tries"):
            for number, each in enumerate(span.tries, 1):
                with ui.element("li"):
                    _try(services, view, each, number, results=results)
    if span.failed or not span.result_bytes:
        return
    if results:
        Value(services, view, span)
    else:
        text("p", t("Only people who manage the action can see step results."), "r-hint")


def _try(services: Services, view: Transaction, this: Try, number: int, *, results: bool) -> None:
    begun = t("Attempt {number}, {time}", number=number, time=to_the_second(this.at))
    if this.until is None:
        text("p", t("{begun}: running", begun=begun))
        return
    lasted = took_exactly((this.until - this.at).total_seconds())
    if not this.failed:
        text("p", t("{begun}: succeeded, {time}", begun=begun, time=lasted))
        return
    error = f"{this.error_type}: {this.error}"
    text("p", t("{begun}: failed after {time} with {error}", begun=begun, time=lasted, error=error), "r-wrap")
    if this.hurried_by is not None:
        text("p", t("Retried immediately by {name}", name=this.hurried_by.name), "r-hint")
    if results and this.entry is not None:
        Traceback(services, view, this.entry)


class Traceback:
    """Where in the code a try has failed, read when it is asked for."""

    def __init__(self, services: Services, view: Transaction, entry: int) -> None:
        self._services, self._view, self._entry = services, view, entry
        with ui.element("div") as self._place:
            self._button = Button(t("Show traceback"), self._show, look="quiet")

    async def _show(self) -> None:
        value = await _whole(self._services, self._view, self._entry)
        if value is None or self._place.is_deleted:
            return
        self._button.delete()
        with self._place:
            _traceback(recorded_traceback(value))


class Value:
    """What a step has given; all of a large value when it is asked for."""

    def __init__(self, services: Services, view: Transaction, span: Span) -> None:
        self._services, self._view, self._entry = services, view, span.tries[-1].entry
        with ui.element("div").classes("r-step-result") as self._place:
            self._draw(plain_text(span.result))
            if span.result_bytes > FIRST_BYTES:
                size = t("Show all ({size} bytes)", size=f"{span.result_bytes:,}")
                self._button = Button(size, self._show, look="quiet")

    def _draw(self, shown: str) -> Element:
        pre = text("pre", shown[:LONGEST], "r-code r-wrap").props('tabindex="0" role="region"')
        pre.props["aria-label"] = t("Result")
        return pre

    async def _show(self) -> None:
        value = await _whole(self._services, self._view, self._entry or 0)
        if value is not None and not self._place.is_deleted:
            self._place.clear()
            with self._place:
                self._draw(plain_text(value.decode(errors="replace")))


async def _whole(services: Services, view: Transaction, entry: int) -> bytes | None:
    """The whole of a recorded value, if the person may see it now and it can be had."""
    if not may_manage(services, view):
        return None
    try:
        return await services.timelines.value(view, entry)
    except RestivalError as error:
        show_toast(str(error), wrong=True)
        return None


def _traceback(lines: str) -> None:
    code = text("pre", lines, "r-code").props('tabindex="0" role="region"')
    code.props["aria-label"] = t("Traceback")
