"""What stands in the place of something that can't be drawn, so that the rest of the page stays."""

import logging
import traceback
from collections.abc import Callable
from typing import TypeVar

from nicegui import context, ui

from restival.i18n import t
from restival.io.core.call import Errors, FieldSpec
from restival.ui.elements.text import text
from restival.ui.session.current_person import current_person
from restival.ui.widgets.base.widget import Changed, ErrorLine, Widget, label_of

D = TypeVar("D")

log = logging.getLogger(__name__)


class BrokenWidget(Widget):
    """Says that a field can't be drawn and why. It is left empty: nobody may send what they can't see."""

    def __init__(self, spec: FieldSpec, changed: Changed, error: Exception) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-alert r-broken").props('role="alert"') as self.root:
            text("div", t("{label} can't be shown", label=label_of(spec) or spec.component), "r-alert-title")
            draw_error(error)
            self._error = ErrorLine()

    def show_errors(self, errors: Errors) -> None:
        """Say what keeps the form from being sent."""
        self._error.show(errors)


def draw_error(error: Exception) -> None:
    """The message, and for the developer where in the code it comes from; others have the log for that."""
    text("p", f"{type(error).__name__}: {error}", "r-failure")
    if current_person().developer:
        with ui.element("details").classes("r-traceback"):
            text("summary", t("Show traceback"))
            shown = "".join(traceback.format_exception(error))
            code = text("pre", shown, "r-code").props('tabindex="0" role="region"')
            code.props["aria-label"] = t("Traceback")


def drawn_or(draw: Callable[[], D], otherwise: Callable[[Exception], D], name: str) -> D:
    """Draw, and where that fails take away what was drawn and draw the other thing."""
    slot = context.slot
    before = len(slot.children)
    try:
        return draw()
    except Exception as error:
        log.exception("%s can't be drawn", name)
        for child in slot.children[before:]:
            child.delete()
        return otherwise(error)
