"""Text of any length from the browser: NiceGUI drops messages over a megabyte."""

from typing import Any, Self

from nicegui import events, ui

PIECE = 150_000
"""Characters of a piece; JSON escapes a character to at most six."""
MOST = 50_000_000
"""Characters that are taken at all. What may be answered is less, and told as an error."""
IN_PIECES = """(value) => {
  const text = value ?? "", size = SIZE;
  if (text.length <= size) return emit(value);
  for (let start = 0, end; start < text.length; start = end) {
    end = Math.min(start + size, text.length);
    const code = text.charCodeAt(end - 1);
    if (end < text.length && code >= 0xd800 && code < 0xdc00) end -= 1;  // never between the halves of a character
    emit({ first: start === 0, last: end === text.length, text: text.slice(start, end) });
  }
}""".replace("SIZE", str(PIECE))


class InPieces:
    """An input that sends long text in pieces."""

    _pieces: list[str] = []

    def on(self, type: str, handler: Any = None, *args: Any, **options: Any) -> Self:
        """Subscribe to an event; that of the value brings its pieces together."""
        if type == "update:value":
            options["js_handler"] = IN_PIECES

            def whole(event: events.GenericEventArguments) -> None:
                if self._is_whole(event):
                    handler(event)

            return super().on(type, whole, *args, **options)  # type: ignore[misc,no-any-return]
        return super().on(type, handler, *args, **options)  # type: ignore[misc,no-any-return]

    def _is_whole(self, event: events.GenericEventArguments) -> bool:
        piece = event.args
        if not isinstance(piece, dict):
            return True
        self._pieces = [piece["text"]] if piece["first"] else [*self._pieces, piece["text"]]
        if sum(map(len, self._pieces)) > MOST:
            self._pieces = []
        if not piece["last"]:
            return False
        event.args = "".join(self._pieces)
        self._pieces = []
        return True


class Line(InPieces, ui.input):
    """A line of text."""


class Paragraph(InPieces, ui.textarea):
    """Several lines of text."""
