"""What has changed between two texts."""

from restival.io.component import Props
from restival.io.recorded import RecordedDisplay


class DiffProps(Props):
    """Both texts, and the language that they are highlighted as."""

    before: str
    after: str
    language: str | None = None


class Diff(RecordedDisplay):
    """Two texts line by line, with what went and what came, one under the other or side by side.

    The first 3,000 lines are shown. Texts whose comparison takes more than two seconds are shown as wholly changed.
    """

    name = "display.diff"
    props_type = DiffProps

    def __init__(self, before: str, after: str, *, label: str = "Changes", language: str | None = None) -> None:
        super().__init__(label, DiffProps(before=before, after=after, language=language))
