"""Something found by typing."""

from typing import Any

from nicegui import events
from nicegui.element import Element
from pydantic import ValidationError

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import Errors, FieldSpec, Json
from restival.io.search import FOUND, SearchProps
from restival.ui.widgets.base.widget import Changed, Widget, label_of


class SearchWidget(Widget):
    """A combobox whose results come from the action's code."""

    component = "search"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._chosen = _chosen(spec)
        props = SearchProps.model_validate(spec.props)
        self.root = self._box = SearchBox(label_of(spec), props, self._chosen)
        self._box.give(spec.help_text, "hint")
        self._box.give(True if spec.disabled else None, "readonly")
        self._box.on("choose", self._choose)
        self._box.on("search", self._search)

    def read(self) -> Json:
        """The chosen results as they are shown."""
        return self._chosen or None

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the field."""
        self._box.give(errors.get(""), "error")

    def _choose(self, event: events.GenericEventArguments) -> None:
        self._chosen = event.args if isinstance(event.args, list) else []
        self._box.keep(self._chosen)
        self._box.give(None, "error")
        self.changed()

    async def _search(self, event: events.GenericEventArguments) -> None:
        number, query = event.args["number"], event.args["query"]
        failure, results = "", []
        try:
            if self.ask is not None:
                results = await self.ask("search", query)
        except RestivalError as error:
            failure = str(error)
        if not self._box.is_deleted:
            self._box.run_method("show", number, results, failure)

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The labels of the chosen results."""
        return "\n".join(result["label"] for result in answer)


class SearchBox(Element, component="search.js"):
    """Emits `search` with a number and a query, `choose` with the chosen results; `show` answers a search."""

    def __init__(self, label: str, props: SearchProps, chosen: list[Json]) -> None:
        super().__init__()
        shown: dict[str, Any] = {
            "label": label,
            "initial": [result.model_dump(exclude_none=True) for result in props.initial],
            "placeholder": props.placeholder or t("Search"),
            "multiple": props.multiple,
            "chosen": chosen,
        }
        self._props.update(shown)

    def give(self, value: Any, name: str) -> None:
        """Set a prop, or take it away."""
        if value != self._props.get(name):
            self.props.set_optional(name, value)

    def keep(self, chosen: list[Json]) -> None:
        """Know what is chosen, for a page that is drawn again; this one has it."""
        with self._props.suspend_updates():
            self._props["chosen"] = chosen


def _chosen(spec: FieldSpec) -> list[Json]:
    try:
        return [result.model_dump(exclude_none=True) for result in FOUND.validate_python(spec.value or [])]
    except ValidationError:
        return []
