"""Something found by typing."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.callbacks import run_callback
from restival.io.core.component import Component, Props
from restival.io.core.jsonable import jsonable

V = TypeVar("V")
OnSearch = Callable[[str], Iterable[V] | Awaitable[Iterable[V]]]
RenderResult = Callable[[V], str | Mapping[str, Any]]

MOST_RESULTS = 100
"""Results of one query that are taken; the person is told to type more."""
LONGEST_QUERY = 1_000


class Found(BaseModel):
    """A result as the browser sees it; the key stands for the action's own object."""

    key: str
    label: str
    description: str | None = None
    image: str | None = None


FOUND = TypeAdapter(list[Found])


class SearchProps(Props):
    """What is shown before anything is typed."""

    initial: list[Found] = []
    placeholder: str | None = None
    multiple: bool = False

    def check(self, answer: Json) -> list[Json]:
        """Results that were shown, each once. Which exist is known where the search was run: `resolve` looks."""
        try:
            found = FOUND.validate_python(answer)
        except ValidationError:
            raise InvalidAnswer(t("Choose one of the results.")) from None
        if any(not result.key.isascii() or not result.key.isdigit() or len(result.key) > 9 for result in found):
            raise InvalidAnswer(t("Choose one of the results."))
        if not self.multiple and len(found) > 1:
            raise InvalidAnswer(t("Choose one result."))
        return [result.model_dump(exclude_none=True) for result in {result.key: result for result in found}.values()]


class Search(Component[V]):
    """A search field. The value is the object that the user chooses.

    `on_search` gets the query and returns objects.
    `render_result` returns how an object looks.
    This is text, or a mapping with `label` and optional `description` and `image` (a URL).

    `on_search`, sync or async, runs while the form is open.
    Its results are recorded, so they must be plain values, dataclasses, or pydantic models.
    A query can have at most 100 results.
    """

    name = "search"
    props_type = SearchProps

    def __init__(
        self,
        label: str,
        *,
        on_search: OnSearch[V],
        render_result: RenderResult[V] = str,
        initial_results: Sequence[V] | None = None,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: V | None = None,
        disabled: bool = False,
    ) -> None:
        self._on_search = on_search
        self._render = render_result
        self.owned: list[Any] = list(initial_results or ())
        props = SearchProps(initial=self._shown(0), placeholder=placeholder)
        if default_value is not None and default_value not in self.owned:
            self.owned.append(default_value)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def multiple(self, *, default_value: Sequence[V] | None = None) -> "Component[list[V]]":
        """Lets users choose several objects. The value is a list."""
        assert isinstance(self.props, SearchProps)
        self.props.multiple = True
        if default_value is not None:
            self.default_value = list(default_value)
            self.owned += [item for item in default_value if item not in self.owned]
        return cast("Component[list[V]]", self)

    async def on_event(self, name: str, payload: Json) -> Any:
        """The results for a query."""
        if name != "search":
            return await super().on_event(name, payload)
        if not isinstance(payload, str) or len(payload) > LONGEST_QUERY:
            raise InvalidAnswer(t("Search for at most {count} characters.", count=LONGEST_QUERY))
        results = list(await run_callback(self._on_search, payload))[:MOST_RESULTS]
        for result in results:
            _shown("", self._render(result))
        return results

    async def apply_event(self, name: str, recorded: Any) -> list[Json]:
        """Keep the results beside those of other queries, and show them."""
        first = len(self.owned)
        self.owned += recorded
        return [result.model_dump(exclude_none=True) for result in self._shown(first)]

    def dump(self, value: Any) -> list[Json]:
        """A result, or several, as they are shown."""
        assert isinstance(self.props, SearchProps)
        chosen = value if self.props.multiple else [value]
        return [self._shown_at(self.owned.index(item)).model_dump(exclude_none=True) for item in chosen]

    def kept(self, answer: Json) -> list[Json] | None:
        """The chosen results, in the words of the action and not of the browser."""
        try:
            found = [self._shown_at(int(result["key"])) for result in answer]
        except (TypeError, KeyError, ValueError, IndexError):
            return None
        return [result.model_dump(exclude_none=True) for result in found]

    def resolve(self, answer: Json) -> Any:
        """The found object, or the list of them, as the search gave it."""
        try:
            found = [self.owned[int(result["key"])] for result in answer]
        except IndexError:
            raise InvalidAnswer(t("Choose one of the results.")) from None
        assert isinstance(self.props, SearchProps)
        return found if self.props.multiple else found[0]

    def _shown(self, first: int) -> list[Found]:
        return [self._shown_at(index) for index in range(first, len(self.owned))]

    def _shown_at(self, index: int) -> Found:
        return _shown(str(index), self._render(self.owned[index]))


def _shown(key: str, rendered: Any) -> Found:
    if isinstance(rendered, Mapping):
        image = rendered.get("image")
        url = image.get("url") if isinstance(image, Mapping) else image
        return Found(key=key, label=str(rendered["label"]), description=rendered.get("description"), image=url)
    return Found(key=key, label=str(jsonable(rendered)))
