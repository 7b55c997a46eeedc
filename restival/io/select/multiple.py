"""Several of several options."""

from collections.abc import Sequence
from typing import Any, TypeVar

from restival.i18n import t, tn
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component
from restival.io.core.options import OptionsProps, key_of, shown_options

V = TypeVar("V")


class SelectMultipleProps(OptionsProps):
    """How many options may be chosen."""

    min_selections: int = 0
    max_selections: int | None = None

    def check(self, answer: Json) -> list[str]:
        """Keys of options, each once, in the options' order, as many as allowed."""
        if not isinstance(answer, list) or not all(isinstance(key, str) for key in answer):
            raise InvalidAnswer(t("Choose from the options."))
        chosen = set(answer)
        known = [option.key for option in self.options if option.key in chosen]
        if len(known) < len(chosen):
            raise InvalidAnswer(t("Choose from the options."))
        if not self.allows(len(known)):
            raise InvalidAnswer(self._refusal())
        return known

    def allows(self, count: int) -> bool:
        """Whether so many options may be chosen."""
        return self.min_selections <= count and (self.max_selections is None or count <= self.max_selections)

    def limits(self) -> str:
        """How many have to be chosen, in words; empty where there is no limit."""
        least, most = self.min_selections, self.max_selections
        if most is None:
            return tn("Choose at least {count} option.", "Choose at least {count} options.", least) if least else ""
        if least == most:
            return tn("Choose exactly {count} option.", "Choose exactly {count} options.", most)
        if not least:
            return tn("Choose at most {count} option.", "Choose at most {count} options.", most)
        return t("Choose {least} to {most} options.", least=least, most=most)

    def _refusal(self) -> str:
        least, most = self.min_selections, self.max_selections
        if most is None:
            return tn("Choose at least {count} option.", "Choose at least {count} options.", least)
        if least == most:
            return tn("Choose exactly {count} option.", "Choose exactly {count} options.", most)
        if not least:
            return tn("Choose at most {count} option.", "Choose at most {count} options.", most)
        return t("Choose {least} to {most} options.", least=least, most=most)


class SelectMultiple(Component[list[V]]):
    """Any number of several options.

    Options are plain values, enum members, or mappings with `label` and `value`.
    A mapping can also have a `description` and an `image` (a URL).
    The value is the list of the chosen options, as you passed them and in your order.
    It is empty if the user chose none.

    A few options appear as checkboxes.
    Many options, or those of a `searchable` field, appear in a menu.
    Without `min_selections`, users can choose none.

    Raises ValueError if there are no options, or if the limits allow no choice.
    Raises ValueError if `default_value` contains something else than the options.
    """

    name = "select.multiple"
    props_type = SelectMultipleProps

    def __init__(
        self,
        label: str,
        *,
        options: Sequence[V],
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: Sequence[V] | None = None,
        disabled: bool = False,
        searchable: bool = False,
        min_selections: int | None = None,
        max_selections: int | None = None,
    ) -> None:
        min_selections = min_selections or 0
        self.owned: list[V] = list(options)
        self._call = f"io.select.multiple({label!r})"
        shown = shown_options(self._call, self.owned)
        most = len(shown) if max_selections is None else max_selections
        if not 0 <= min_selections <= min(most, len(shown)) or most < 1:
            raise ValueError(
                f"{self._call}: min_selections={min_selections} and max_selections={max_selections} "
                f"allow no choice among {len(shown)} options"
            )
        props = SelectMultipleProps(
            options=shown,
            searchable=searchable,
            placeholder=placeholder,
            min_selections=min_selections,
            max_selections=max_selections,
        )
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)
        self.is_optional = not min_selections

    async def apply_prefetched(self, recorded: Any) -> None:
        """Show the options that were recorded: the body may see others when it runs again."""
        await super().apply_prefetched(recorded)
        self.props = self.props.model_copy(update={"options": shown_options(self._call, self.owned)})

    def dump(self, value: Sequence[Any]) -> list[str]:
        """The keys of these options. Raises ValueError where one isn't among them."""
        return [key_of(self._call, item, self.owned) for item in value]

    def resolve(self, answer: Json) -> list[V]:
        """The options with these keys, as the action gave them."""
        return [self.owned[int(key)] for key in answer]

    def value_of(self, answer: Json) -> list[V]:
        """The chosen options; none where nothing was chosen."""
        return self.resolve(answer or [])
