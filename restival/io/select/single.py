"""One of several options."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component
from restival.io.core.options import OptionsProps, key_of, shown_options
from restival.io.select.multiple import SelectMultiple

V = TypeVar("V")


class SelectSingleProps(OptionsProps):
    """The options, of which one is chosen."""

    def check(self, answer: Json) -> str:
        """The key of one of the options."""
        if not any(option.key == answer for option in self.options):
            raise InvalidAnswer(t("Choose one of the options."))
        return str(answer)


class SelectSingle(Component[V]):
    """One of several options.

    Options are plain values, enum members, or mappings with `label` and `value`.
    A mapping can also have a `description` and an `image` (a URL).
    The value is the chosen option, as you passed it.

    A few options are all visible at once.
    Many options, or those of a `searchable` field, appear in a menu.

    Raises ValueError if there are no options, or if `default_value` isn't one of them.
    """

    name = "select.single"
    props_type = SelectSingleProps

    def __init__(
        self,
        label: str,
        *,
        options: Sequence[V],
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: V | None = None,
        disabled: bool = False,
        searchable: bool = False,
    ) -> None:
        self.owned: list[V] = list(options)
        self._call = f"io.select.single({label!r})"
        shown = shown_options(self._call, self.owned)
        props = SelectSingleProps(options=shown, searchable=searchable, placeholder=placeholder)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def multiple(self, default_value: Sequence[V] | None = None) -> SelectMultiple[V]:
        """Lets users choose several options, at least one unless the field is optional. The value is a list of options.

        Raises ValueError after `.validate()`, because its function expects one option. Validate the list instead.
        """
        if self.validators:
            raise ValueError(f"{self._call}: call .multiple() before .validate()")
        if default_value is None and self.default_value is not None:
            default_value = [self.default_value]
        props = cast(SelectSingleProps, self.props)
        return SelectMultiple(
            self.label,
            options=self.owned,
            help_text=self.help_text,
            placeholder=props.placeholder,
            default_value=default_value,
            disabled=self.disabled,
            searchable=props.searchable,
            min_selections=0 if self.is_optional else 1,
        )

    async def apply_prefetched(self, recorded: Any) -> None:
        """Show the options that were recorded: the body may see others when it runs again."""
        await super().apply_prefetched(recorded)
        self.props = self.props.model_copy(update={"options": shown_options(self._call, self.owned)})

    def dump(self, value: Any) -> str:
        """The key of the option that is `value` or has it as its value. Raises ValueError where none does."""
        return key_of(self._call, value, self.owned)

    def resolve(self, answer: Json) -> V:
        """The option with that key, as the action gave it."""
        return self.owned[int(answer)]
