"""A component of the project's own: what all fields have, around what its `draw` makes."""

import logging
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.io.core.open_field import OpenField
from restival.io.core.registry import declared
from restival.io.custom import CustomComponent
from restival.isolation.boundary import guest_code
from restival.ui.elements.content.plain_text import plain, shortened
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import LONGEST, Changed, Widget, label_of

log = logging.getLogger(__name__)


class CustomWidget(Widget):
    """Label, hint and message around a component's own drawing."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._component = _declared(spec).of(spec)
        self._answer, value = _filled_in(self._component, spec.value)
        self._field: OpenField[Any] = OpenField(
            value, disabled=spec.disabled, changed=self._take, ask=self._ask_the_action
        )
        with ui.element("div").classes("r-custom") as self.root:
            self._draw_frame()

    def _draw_frame(self) -> None:
        """A description is tied to a group only: what has no group shows the hint and needs no tie."""
        spec = self.spec
        _draw_css(self._component)
        label = text("div", label_of(spec), "r-label") if spec.label else None
        with ui.element("div").classes("r-custom-body") as self._body, guest_code():
            self._component.draw(self._field)
        hint = text("div", spec.help_text, "r-hint r-under") if spec.help_text else None
        self._error = text("div", "", "r-error").props('role="alert"')
        if not self._component.answerable:
            return
        described = [self._error, *([hint] if hint else [])]
        self._body.props["role"] = self._component.role
        self._body.props["aria-describedby"] = " ".join(element.html_id for element in described)
        if label:
            self._body.props["aria-labelledby"] = label.html_id
        if spec.disabled:
            self._body.props["aria-disabled"] = "true"

    def read(self) -> Json:
        """What the component has said last."""
        return self._answer

    def show_errors(self, errors: Errors) -> None:
        """Show the message below, and those of parts where the component wants them, else below too."""
        below = {"": errors[""]} if "" in errors else {}
        if self._field.shows_errors is None:
            below = errors
        else:
            self._contained(lambda show: show({key: said for key, said in errors.items() if key}), "shows_errors")
        self._error.set_text(" ".join(f"{path}: {said}" if path else said for path, said in below.items()))
        self._body.props.set_optional("aria-invalid", "true" if below else None)
        self.root.classes(add="r-wrong" if errors else "", remove="" if errors else "r-wrong")

    def focus(self) -> None:
        """Have the component put the cursor, or put it onto its first control."""
        if self._field.takes_focus is None:
            super().focus()
        else:
            self._contained(lambda focus: focus(), "takes_focus")

    def _take(self, value: Any) -> None:
        try:
            with guest_code():
                self._answer = None if value is None else self._component.dump(value)
        except ValueError:
            self._answer = None  # what was there before isn't what is seen now
            self.show_errors({"": t("Enter a valid value.")})
            raise
        if self._error.text:
            self.show_errors({})
        self.changed()

    async def _ask_the_action(self, name: str, payload: Json) -> Json:
        if self.ask is None:
            raise RestivalError(t("Available only while the action is running."))
        return await self.ask(name, payload)

    def _contained(self, call: Any, name: str) -> None:
        """Call a function of the component's. An error in it must not keep the form's other fields from theirs."""
        try:
            with guest_code():
                call(getattr(self._field, name))
        except Exception:
            log.exception("%s of %s failed", name, self.spec.component)

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """What the component says of the answer; the answer itself if the component can't say anything."""
        try:
            component = _declared(spec).of(spec)
            words = component.words(component.resolve(answer))
        except Exception:
            log.exception("%s has no words for an answer", spec.component)
            words = plain(answer)
        return shortened(words, LONGEST)

    @classmethod
    def draws_answer(cls, spec: FieldSpec) -> bool:
        """Whether the component has a `show` of its own."""
        return _declared(spec).is_shown()

    @classmethod
    def draw_answer(cls, spec: FieldSpec, answer: Json) -> None:
        """What the component's `show` draws."""
        component = _declared(spec).of(spec)
        _draw_css(component)
        component.show(component.resolve(answer))


def _declared(spec: FieldSpec) -> type[CustomComponent[Any]]:
    component = declared()[spec.component]
    assert issubclass(component, CustomComponent)
    return component


def _draw_css(component: CustomComponent[Any]) -> None:
    """The component's own styles, where it has any."""
    if component.css:
        TextElement(tag="style", text=component.css)


def _filled_in(component: CustomComponent[Any], answer: Json) -> tuple[Json, Any]:
    """The answer and its value; nothing where the answer doesn't fit."""
    if answer is None:
        return None, None
    try:
        return answer, component.resolve(answer)
    except InvalidAnswer:
        return None, None
