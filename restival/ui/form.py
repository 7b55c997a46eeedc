"""A form: the fields of a call, a draft of what is filled in, and the button that sends it."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from restival.errors import RestivalError
from restival.io.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.io.catalogue import check_answers, is_answerable
from restival.ui.draft import Draft
from restival.ui.focus import put_focus
from restival.ui.widgets import Widget, widget_for
from restival.ui.widgets.paths import below

Submit = Callable[[dict[str, Json]], Awaitable[None]]


class Form:
    """Draws fields and sends their answers once they are good. Errors stand at their fields."""

    def __init__(
        self,
        fields: Sequence[FieldSpec],
        *,
        on_submit: Submit,
        draft_key: str | None = None,
        errors: Errors | None = None,
        submit_label: str = "Continue",
    ) -> None:
        self._fields = fields
        self._on_submit = on_submit
        self._sending = False
        self._widgets: dict[str, Widget] = {}
        self._draft = Draft(draft_key, self.read) if draft_key else None
        kept = self._draft.values if self._draft else {}
        with ui.element("div").classes("r-form").on("keydown.capture.ctrl.enter", self.submit) as self.element:
            self.element.on("keydown.capture.meta.enter", self.submit)
            for field in fields:
                drafted = field.model_copy(update={"value": kept[field.key]}) if field.key in kept else field
                self._widgets[field.key] = widget_for(drafted, self._changed)
            self._alert = ui.label().classes("r-alert r-alert-form").props('role="alert"')
            self._alert.set_visibility(False)
            self._button = (
                ui.button(submit_label, on_click=self.submit).props("unelevated no-caps").classes("r-primary")
            )
        self._submit_from_last_line()
        if errors:
            self.show_errors(errors)

    def read(self) -> dict[str, Json]:
        """What is filled in now, by key."""
        return {field.key: self._widgets[field.key].read() for field in self._fields if is_answerable(field)}

    def focus(self) -> None:
        """Put the cursor into the first field that can be filled in, or onto the button."""
        for field in self._fields:
            if is_answerable(field) and not field.disabled and self._widgets[field.key].focus():
                return
        put_focus(self._button)

    def show_errors(self, errors: Errors) -> None:
        """Show messages by path, those of no field above the button."""
        for key, widget in self._widgets.items():
            widget.show_errors(below(errors, key))
        own = [message for path, message in errors.items() if path.split(".")[0] not in self._widgets]
        self._alert.set_text(" ".join(own))
        self._alert.set_visibility(bool(own))

    async def submit(self) -> None:
        """Check and send; a second submit while the first is under way does nothing."""
        if self._sending:
            return
        self._sending = True
        self._button.props("loading")
        try:
            values = self.read()
            check_answers(self._fields, values)
            self.show_errors({})
            await self._on_submit(values)
        except InvalidAnswer as refused:
            self.show_errors(refused.errors)
            self._focus_first(refused.errors)
        except RestivalError as error:
            self.show_errors({"": str(error)})
        else:
            if self._draft:
                self._draft.drop()
        finally:
            self._sending = False
            if not self._button.is_deleted:
                self._button.props(remove="loading")

    def _changed(self) -> None:
        if self._draft and not self._sending:
            self._draft.changed()

    def _focus_first(self, errors: Errors) -> None:
        wrong = {path.split(".")[0] for path in errors}
        for key, widget in self._widgets.items():
            if key in wrong and widget.focus():
                return

    def _submit_from_last_line(self) -> None:
        last = list(self._widgets.values())[-1:]
        if last and last[0].single_line is not None:
            last[0].single_line.on("keydown.enter.exact", self.submit)
