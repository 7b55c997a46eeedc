"""The widget of each component: it draws the field, and shows what was answered.

The widgets of built-in components register themselves (`WIDGETS`). The components of a project share one.
"""

from collections.abc import Iterable

from restival.io.core.call import FieldSpec, Json
from restival.io.core.component import is_empty
from restival.io.core.registry import declared
from restival.ui.elements.content.formatted import Text
from restival.ui.widgets.base.error_widget import BrokenWidget, drawn_or
from restival.ui.widgets.base.widget import NOTHING, WIDGETS, Changed, Widget, labelled
from restival.ui.widgets.custom import CustomWidget


def widget_for(spec: FieldSpec, changed: Changed) -> Widget:
    """Draw a field where this is called. An error in drawing it stays in its place."""
    return drawn_or(
        lambda: _drawn(spec, changed),
        lambda error: BrokenWidget(spec, changed, error),
        spec.component,
    )


def widget_class(spec: FieldSpec) -> type[Widget]:
    """The class of a field's widget; Widget itself if the field's component no longer exists."""
    return CustomWidget if spec.component in declared() else WIDGETS.get(spec.component, Widget)


def texts_in(specs: Iterable[FieldSpec]) -> list[Text]:
    """The texts of these fields that become HTML."""
    return [text for spec in specs for text in widget_class(spec).texts(spec)]


def answer_html(spec: FieldSpec, answer: Json) -> str:
    """A field's label and what was answered, as HTML: one piece, because a browser redraws element by element."""
    return labelled(spec.label, NOTHING) if is_empty(answer) else widget_class(spec).answer_html(spec, answer)


def in_words(spec: FieldSpec, answer: Json) -> str:
    """An answer of one value as text."""
    return NOTHING if is_empty(answer) else widget_class(spec).in_words(spec, answer)


def _drawn(spec: FieldSpec, changed: Changed) -> Widget:
    widget = widget_class(spec)
    if widget is Widget:
        raise LookupError(f"there is no component {spec.component!r}, neither built in nor in components/")
    return widget.drawn(spec, changed)
