"""Short texts, as many as are wanted."""

from collections.abc import Sequence

from restival.i18n import t, tn
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props

LONGEST = 100
"""Characters of a tag."""


class TagsProps(Props):
    """What is offered while typing, and how many tags there may be."""

    suggestions: list[str] = []
    max_tags: int | None = None
    placeholder: str | None = None

    def check(self, answer: Json) -> list[Json]:
        """Tags without blanks around them, each once."""
        if not isinstance(answer, list) or any(not isinstance(tag, str) for tag in answer):
            raise InvalidAnswer(t("Enter tags."))
        tags = list(dict.fromkeys(filter(None, (tag.strip() for tag in answer))))
        if self.max_tags is not None and len(tags) > self.max_tags:
            raise InvalidAnswer(tn("Enter at most {count} tag.", "Enter at most {count} tags.", self.max_tags))
        if any(len(tag) > LONGEST for tag in tags):
            raise InvalidAnswer(t("Enter tags with at most {count} characters each.", count=LONGEST))
        if not tags:
            raise InvalidAnswer(t("Enter a tag."))
        return list(tags)


class TagsInput(Component[list[str]]):
    """Short texts of at most 100 characters, without duplicates, in the order in which they were entered."""

    name = "input.tags"
    props_type = TagsProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: Sequence[str] | None = None,
        disabled: bool = False,
        suggestions: Sequence[str] = (),
        max_tags: int | None = None,
    ) -> None:
        props = TagsProps(suggestions=list(suggestions), max_tags=max_tags, placeholder=placeholder)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: Sequence[str]) -> list[str]:
        """The tags as a list."""
        return list(value)
