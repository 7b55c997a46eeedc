"""What the page's code has raised, told where it happened."""

import traceback
from collections.abc import Callable

from nicegui import ui

from restival.i18n import t
from restival.ui.elements.button import Button
from restival.ui.elements.text import text


def draw_failure(title: str, error: BaseException, again: Callable[[], None], *, shows_code: bool) -> None:
    """Draw the message and a button to try again; the traceback for those who may see code and values."""
    with ui.element("div").classes("r-alert r-page-failure").props('role="alert"'):
        text("div", title, "r-alert-title")
        text("p", f"{type(error).__name__}: {error}" if str(error) else type(error).__name__, "r-failure")
        if shows_code:
            with ui.element("details").classes("r-traceback"):
                text("summary", t("Show traceback"))
                shown = text("pre", "".join(traceback.format_exception(error)), "r-code r-wrap")
                shown.props('tabindex="0" role="region"').props["aria-label"] = t("Traceback")
        Button(t("Retry"), again)
