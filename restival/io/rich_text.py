"""Text with bold, lists and links."""

import re

import nh3

from restival.io.call import InvalidAnswer, Json
from restival.io.component import Component, Props
from restival.words import t

TAGS = {
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "u",
    "ul",
}
PROTOCOLS = {"http", "https", "mailto"}
WORDS = re.compile(r"<(?!hr)[^>]*>|&nbsp;|\s")


def sanitized(html: str) -> str:
    """The HTML with nothing left but plain formatting and links."""
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=PROTOCOLS)


class RichTextProps(Props):
    """Lengths are counted in characters of the HTML."""

    placeholder: str | None = None
    max_length: int = 100_000

    def check(self, answer: Json) -> str:
        """Sanitised HTML that has some text."""
        if not isinstance(answer, str):
            raise InvalidAnswer(t("Please enter text."))
        if len(answer) > self.max_length:
            raise InvalidAnswer(t("Please enter less text."))
        clean = sanitized(answer)
        if not WORDS.sub("", clean):
            raise InvalidAnswer(t("Please enter text."))
        return clean


class RichTextInput(Component[str]):
    """Formatted text; the value is HTML with plain formatting and links (http, https, mailto), all else is removed."""

    name = "input.rich_text"
    props_type = RichTextProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: str | None = None,
        disabled: bool = False,
    ) -> None:
        props = RichTextProps(placeholder=placeholder)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: str) -> str:
        """The text, sanitised."""
        return sanitized(value)
