"""What the answers in a transcript have in common."""

from restival.ui.elements.html import tag

LONGEST = 2_000
"""Characters of an answer that are shown."""
NOTHING = "–"
"""Stands for an answer that was left empty."""


def labelled(label: str, html: str) -> str:
    """A label and an answer's HTML, as parts of a `dl`."""
    return tag("dt", label, "r-key") + f'<dd class="r-value">{html}</dd>'
