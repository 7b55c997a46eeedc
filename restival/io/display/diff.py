"""What has changed between two texts."""

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay


class DiffProps(Props):
    """Both texts, and the language that they are highlighted as."""

    before: str
    after: str
    language: str | None = None


class Diff(RecordedDisplay):
    """A line-by-line comparison of two texts, side by side or one above the other, with removed and added lines marked.

    Only the first 3,000 lines are shown.
    If a comparison takes more than two seconds, all lines are shown as changed.
    """

    name = "display.diff"
    props_type = DiffProps

    def __init__(self, before: str, after: str, *, label: str = "Changes", language: str | None = None) -> None:
        super().__init__(label, DiffProps(before=before, after=after, language=language))
