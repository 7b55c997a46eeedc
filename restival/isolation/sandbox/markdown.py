"""Markdown as HTML: CommonMark with tables and struck text. HTML in it passes, so that it has to be sanitised."""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from restival.isolation.sandbox.highlight import highlighted


def _fence(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    language = token.info.split()[0] if token.info.strip() else None
    return f'<div class="codehilite"><pre><code>{highlighted(token.content, language)}</code></pre></div>\n'


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Links are checked where all HTML is: of one that leads nowhere good, the words stay."""
        return True


MARKDOWN = _Markdown("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKDOWN.add_render_rule("fence", _fence)


def markdown_html(text: str) -> str:
    """The text as HTML that isn't sanitised. An indentation that all of it has isn't one."""
    return str(MARKDOWN.render(_without_indentation(text)))


def _without_indentation(text: str) -> str:
    """The lines without the indentation that the first of them has, as a text in an indented string has it."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    indentation = len(first) - len(first.lstrip())
    return "\n".join(line[indentation:] if not line[:indentation].strip() else line for line in lines)
