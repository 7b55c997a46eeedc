"""Lines of a log."""

from collections.abc import Sequence

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay


class LogProps(Props):
    """The lines, the oldest first."""

    lines: list[str]


class Log(RecordedDisplay):
    """Numbered log lines with a copy button, scrolled to the end.

    `lines` is a sequence of lines, or one text.
    """

    name = "display.log"
    props_type = LogProps

    def __init__(self, lines: Sequence[str] | str, *, label: str = "Log") -> None:
        listed = lines.splitlines() if isinstance(lines, str) else [str(line).rstrip("\n") for line in lines]
        super().__init__(label, LogProps(lines=listed))
