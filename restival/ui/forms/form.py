"""A form: the fields of a call, a draft of what is filled in, and the button that sends it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import Context, copy_context
from time import monotonic
from typing import TypedDict, Unpack

from nicegui import events, ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.approve import APPROVE, REFUSE
from restival.io.core.call import CONTINUE, Choice, Errors, FieldSpec, InvalidAnswer, Json, Theme
from restival.io.core.registry import is_answerable
from restival.io.core.secret_answers import without_secrets
from restival.io.queued import START
from restival.ui.elements.browser_calls import Call
from restival.ui.elements.button import Button, ButtonStyle
from restival.ui.elements.focus import put_focus
from restival.ui.elements.text import text
from restival.ui.forms.dependent_fields import Ask, Dependents
from restival.ui.forms.draft import Draft
from restival.ui.forms.fields import Fields

LEFT = "(event) => [event.target, event.relatedTarget].some((at) => at?.closest('.r-send')) || emit()"
"""Tells of a field that was left, unless it was left to send the form."""

WHICH = "(event) => emit(event.target.closest('[data-draft]')?.dataset.draft ?? null)"
"""Sends the form as the browser shows it: another one may have taken its place in the app meanwhile."""

LOOKS: Mapping[Theme, ButtonStyle] = {"primary": "primary", "secondary": "plain", "danger": "danger"}

SLOW = 0.12
"""Seconds of sending after which the button shows that it works."""

PATIENCE = 1.0
"""Seconds that sending waits for what is still under way, such as an upload, before it asks the person to wait."""

Submit = Callable[[dict[str, Json], str], Awaitable[None]]
"""Checks and takes the answers by key, and the value of the button that was pressed. Raises InvalidAnswer."""


class FormOf(TypedDict):
    """What a form does for a question, besides drawing it."""

    on_submit: Submit
    ask: Ask | None
    draft_key: str
    choices: Sequence[Choice]


class Form:
    """Draws fields and sends their answers. `on_submit` checks them.

    It may raise InvalidAnswer, whose messages are shown at the fields, or another RestivalError, which is
    shown above the button; what was filled in stays. `ask` has the action's code run for a field, by its key.
    """

    def __init__(
        self,
        fields: Sequence[FieldSpec],
        *,
        on_submit: Submit,
        ask: Ask | None = None,
        draft_key: str | None = None,
        errors: Errors | None = None,
        choices: Sequence[Choice],
        label: str | None = None,
    ) -> None:
        self._fields = fields
        self._asked = _asked(fields)
        self._on_submit = on_submit
        self._choices = choices
        self._sending: list[Draft | None] = []
        """The draft of what is being sent, while it is."""
        self._dependents = Dependents(fields, self.read, ask, self._tell)
        self._draft = self._draft_of(draft_key)
        kept = self._draft.values if self._draft else {}
        self._alert: TextElement | None = None
        self._shows_errors = False
        self._last_lines: set[int] = set()
        with ui.element("section").classes("r-form r-card r-call") as self.element:
            self.element.props["aria-label"] = label or t("Current question")
            self.element.on("keydown.capture.ctrl.enter", self._submit_first, js_handler=WHICH)
            self.element.on("keydown.capture.meta.enter", self._submit_first, js_handler=WHICH)
            if self._draft:
                self.element.props["data-draft"] = draft_key
                self.element.on("focusout", self._settle, js_handler=LEFT)
            self._drawn = Fields(fields, kept, self._changed, ask)
            self._widgets = self._drawn.widgets
            if len(choices) == 1:
                self._buttons = [self._draw_button(choices[0])]
            else:
                with ui.element("div").classes("r-buttons"):
                    self._buttons = [self._draw_button(choice) for choice in choices]
        self._submit_from_last_line()
        if errors:
            self.show_errors(errors)

    def renew(self, fields: Sequence[FieldSpec], **of: Unpack[FormOf]) -> list[Call] | None:
        """Ask for something else that looks alike in the same place, and give what has the page do so: a browser is
        faster at changing words than at making a form. None where that can't be done."""
        if list(of["choices"]) != list(self._choices) or any(button.is_busy for button in self._buttons):
            return None
        draft = self._draft_of(of["draft_key"])
        if draft is None or self._draft is None:
            return None
        if (calls := self._drawn.renew(fields, draft.values, of["ask"])) is None:
            return None
        self.forget()
        self._show_alert("")
        self._fields, self._on_submit, self._draft = fields, of["on_submit"], draft
        with self.element.props.suspend_updates():
            self.element.props["data-draft"] = draft.key
        return [*calls, (self.element.id, "setAttribute", "data-draft", draft.key)]

    def take(self, fields: Sequence[FieldSpec]) -> None:
        """Draw those fields anew that look different now."""
        self._fields, self._asked = fields, _asked(fields)
        for key in self._drawn.take(fields):
            self._changed(key)
        self._submit_from_last_line()

    def read(self) -> dict[str, Json]:
        """What is filled in now, by key."""
        return {key: self._widgets[key].read() for key in self._asked}

    @property
    def to_focus(self) -> Element:
        """Where the cursor belongs: in the first field that is wrong or else can be filled in, or onto the button."""
        asking = (field for field in self._fields if field.key in self._asked and not field.disabled)
        first = next(asking, None)
        wrong = next((widget for widget in self._widgets.values() if widget.wrong), None)
        shown = wrong or (self._widgets[first.key] if first else None)
        return shown.root if shown else self._buttons[0]

    def focus(self) -> None:
        """Put the cursor there; on phones just show it."""
        put_focus(self.to_focus, gently=True)

    def show_errors(self, errors: Errors) -> None:
        """Show messages by path, those of no field above the button."""
        self._shows_errors = bool(errors)
        self._drawn.show_errors(errors)
        of_no_field = [message for path, message in errors.items() if path.split(".")[0] not in self._widgets]
        self._show_alert(" ".join(of_no_field))

    def _show_alert(self, message: str) -> None:
        """What is drawn for each form is what the person waits for, so the alert is made when there is one."""
        if self._alert is None and message:
            with self.element:
                self._alert = text("div", "", "r-alert r-alert-form").props('role="alert"')
            self._alert.move(self.element, target_index=len(self._drawn.top))
        if self._alert is not None:
            self._alert.set_text(message)
            self._alert.set_visibility(bool(message))

    def forget(self) -> None:
        """Drop the draft: the form is about to go, and nobody will need it again."""
        if self._draft:
            self._draft.drop()

    def _draft_of(self, key: str | None) -> Draft | None:
        return Draft(key, lambda: without_secrets(self._fields, self.read())) if key else None

    def _settle(self) -> None:
        if self._draft:
            self._draft.settle()

    async def _submit_first(self, event: events.GenericEventArguments) -> None:
        """Send with the first button."""
        await self._submit(self._choices[0], self._buttons[0], event.args)

    def _draw_button(self, choice: Choice) -> Button:
        button = Button(_label(choice), look=LOOKS[choice.theme]).classes("r-send")
        return button.on("click", lambda event: self._submit(choice, button, event.args), js_handler=WHICH)

    async def _submit(self, choice: Choice, button: Button, which: str | None) -> None:
        """Send what is filled in; a second submit while the first is under way does nothing."""
        draft = self._draft
        if draft in self._sending or which != (draft.key if draft else None):
            return
        self._sending.append(draft)
        slow = asyncio.get_running_loop().call_later(SLOW, self._show_sending, button, copy_context())
        try:
            await self._dependents.settled()
            await self._nearly_there()
            if draft is not self._draft:
                return
            self._check_busy()
            if self._shows_errors:
                self.show_errors({})
            await self._on_submit(self.read(), choice.value)
        except InvalidAnswer as refused:
            if draft is self._draft:
                self.show_errors(refused.errors)
                self._focus_wrong()
        except RestivalError as error:
            self.show_errors({"": str(error)})
        else:
            if draft:
                draft.drop()
        finally:
            self._sending.remove(draft)
            slow.cancel()
            button.set_busy(False)

    async def _nearly_there(self) -> None:
        """Who chooses a small file and sends the form at once isn't refused for what is uploaded a moment later."""
        end = monotonic() + PATIENCE
        while any(widget.busy for widget in self._widgets.values()) and monotonic() < end:
            await asyncio.sleep(0.02)

    def _check_busy(self) -> None:
        """Raises InvalidAnswer with what has to be waited for."""
        if errors := {key: widget.busy for key, widget in self._widgets.items() if widget.busy}:
            raise InvalidAnswer(errors)

    def _show_sending(self, button: Button, context: Context) -> None:
        """Only where it takes a while: each redraw costs the browser as much as the next form does."""
        context.run(button.set_busy, True)

    def _changed(self, key: str) -> None:
        self._submit_from_last_line()  # another choice may end with another field
        self._dependents.changed(key)
        if self._draft:
            self._draft.changed()

    def _tell(self, key: str, message: str) -> None:
        self._shows_errors = self._shows_errors or bool(message)
        self._widgets[key].show_errors({"": message} if message else {})

    def _focus_wrong(self) -> None:
        for widget in self._widgets.values():
            if widget.wrong:
                widget.focus()
                return

    def _submit_from_last_line(self) -> None:
        line = self._widgets[self._asked[-1]].last_line if self._asked else None
        if line is not None and line.id not in self._last_lines:
            self._last_lines.add(line.id)
            line.on("keydown.enter.exact", self._submit_first, js_handler=WHICH)


def _asked(fields: Sequence[FieldSpec]) -> list[str]:
    """The keys of the fields that ask for an answer."""
    return [field.key for field in fields if is_answerable(field)]


def _label(choice: Choice) -> str:
    """What a button says: the action's words, or the reader's where the action left them to the app."""
    own = [(CONTINUE, t("Continue")), (APPROVE, t("Approve")), (REFUSE, t("Reject")), (START, t("Start"))]
    return next((words for each, words in own if each == choice), choice.label)
