"""Code to read and copy."""

from typing import overload

from restival.io.component import Props
from restival.io.recorded import RecordedDisplay


class CodeProps(Props):
    """The code, and the language that it is highlighted as: a name or a file's ending, as Pygments knows them."""

    code: str
    language: str | None = None


class Code(RecordedDisplay):
    """Code with its syntax highlighted and a button to copy it. A language that isn't known is shown plainly.

    So is code that is longer than 100,000 characters or takes more than two seconds to highlight.
    """

    name = "display.code"
    props_type = CodeProps

    @overload
    def __init__(self, code: str, /, *, language: str | None = None) -> None: ...

    @overload
    def __init__(self, label: str, /, *, code: str, language: str | None = None) -> None: ...

    def __init__(self, label: str, /, *, code: str | None = None, language: str | None = None) -> None:
        label, code = ("", label) if code is None else (label, code)
        super().__init__(label, CodeProps(code=code, language=language))
