"""Options that are all shown at once, one or several of which can be chosen."""

from typing import cast

from nicegui import events
from nicegui.element import Element

from restival.io.core.call import Errors, FieldSpec
from restival.io.core.options import Option, OptionsProps
from restival.ui.widgets.base.widget import Changed, Widget, label_of


class Choices(Element, component="choices.js"):
    """Radio buttons, or boxes where many may be chosen. Emits `choose` with the keys of the chosen options."""

    def __init__(
        self, spec: FieldSpec, options: list[Option], hint: str, chosen: list[str], many: bool, limit: int | None
    ) -> None:
        super().__init__()
        self._props.update(
            {
                "label": label_of(spec),
                "hint": hint,
                "error": "",
                "options": [option.model_dump(exclude_none=True) for option in options],
                "many": many,
                "limit": limit,
                "required": not spec.optional,
                "disabled": spec.disabled,
                "chosen": chosen,
            }
        )


class ChoicesWidget(Widget):
    """Options one under the other; a widget that derives from it says how the chosen keys are an answer."""

    def __init__(
        self,
        spec: FieldSpec,
        changed: Changed,
        props: OptionsProps,
        chosen: list[str],
        *,
        hint: str | None = None,
        many: bool = False,
        limit: int | None = None,
    ) -> None:
        super().__init__(spec, changed)
        self.chosen = chosen
        self.root = Choices(spec, props.options, hint or "", chosen, many, limit)
        self.root.on("choose", self._choose)

    def _choose(self, event: events.GenericEventArguments) -> None:
        self.chosen = cast(list[str], event.args)
        self.show_errors({})
        self.changed()

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the options."""
        if self.root.props["error"] != errors.get("", ""):
            self.root.props["error"] = errors.get("", "")
