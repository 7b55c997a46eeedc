"""How much work it is to clean HTML."""

import re

FEW = 1_000
"""Angle brackets, with which the worst HTML can be cleaned in some hundredths of a second."""
DEEPEST = 100
TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>""")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def is_quick(html: str) -> bool:
    """Whether the time to clean the HTML grows with its length only.

    A parser of HTML repairs what isn't closed, or is closed in another order, and that can take time with the square of
    the tags, and make as much of them. So either there are few of them, or each is closed where it was opened.
    """
    return html.count("<") <= FEW or _is_tidy(html)


def _is_tidy(html: str) -> bool:
    """Whether all tags are closed in order, not nested too deeply, and there is nothing else in angle brackets."""
    opened: list[str] = []
    at = 0
    while (at := html.find("<", at)) >= 0:
        if (tag := TAG.match(html, at)) is None:
            return False
        at, name = tag.end(), tag[2].lower()
        if tag[1]:
            if not opened or opened.pop() != name:
                return False
        elif name not in VOID:
            opened.append(name)
            if len(opened) > DEEPEST:
                return False
    return not opened
