"""Code to read and copy."""

from typing import overload

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay


class CodeProps(Props):
    """The code, and the language that it is highlighted as: a name or a file's ending, as Pygments knows them."""

    code: str
    language: str | None = None


class Code(RecordedDisplay):
    """Code with syntax highlighting and a copy button.

    Code in an unknown language is shown without highlighting.
    So is code of more than 100,000 characters, or code that takes more than two seconds to highlight.
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
