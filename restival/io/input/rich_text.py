"""Text with bold, lists and links."""

import re
from functools import lru_cache
from html import escape

import nh3

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Props
from restival.io.core.text_like import TextLike
from restival.isolation.sandbox.nesting import is_quick

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
LONGEST = 100_000
"""Characters of HTML."""
WORDS = re.compile(r"<(?!hr)[^>]*>|&nbsp;|\s")


@lru_cache(maxsize=32)
def sanitized(html: str) -> str:
    """The HTML with nothing left but plain formatting and links; as it is written where that would take long."""
    if len(html) > LONGEST or not is_quick(html):
        return escape(html)
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=PROTOCOLS)


class RichTextProps(Props):
    """Lengths are counted in characters of the HTML."""

    placeholder: str | None = None
    max_length: int = LONGEST

    def check(self, answer: Json) -> str:
        """Sanitised HTML that has some text."""
        if not isinstance(answer, str):
            raise InvalidAnswer(t("Enter text."))
        if len(answer) > self.max_length:
            raise InvalidAnswer(t("The text is too long. Shorten it."))
        if not is_quick(answer):
            raise InvalidAnswer(t("The text has too many nested or unclosed tags. Paste it without formatting."))
        clean = sanitized(answer)
        if not WORDS.sub("", clean):
            raise InvalidAnswer(t("Enter text."))
        return clean


class RichTextInput(TextLike):
    """Formatted text. The value is HTML with plain formatting and links (http, https, mailto).

    Everything else is removed.
    HTML of more than 100,000 characters is rejected.
    So is HTML with tags nested more than 100 levels deep, or with many tags that aren't closed in order.
    """

    name = "input.rich_text"
    props_type = RichTextProps

    def dump(self, value: str) -> str:
        """The text, sanitised."""
        return sanitized(value)
