"""A heading between other things."""

from typing import Literal

from restival.io.component import Display, Props


class HeadingProps(Props):
    """The level of the heading, as in HTML, below the page's own title."""

    level: Literal[2, 3, 4] = 2
    description: str | None = None


class Heading(Display):
    """A heading with a description."""

    name = "display.heading"
    props_type = HeadingProps

    def __init__(self, label: str, *, level: Literal[2, 3, 4] = 2, description: str | None = None) -> None:
        super().__init__(label, HeadingProps(level=level, description=description))
