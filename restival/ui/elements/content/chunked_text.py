"""Text of any length from the browser, where static/pieces.js cuts it up."""

from typing import Any

MOST = 50_000_000
"""Characters that are taken at all. What may be answered is less, and told as an error."""


class ChunkedText:
    """Puts the pieces of a text together."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def take(self, piece: Any) -> Any:
        """The whole text, or None until its last piece is there; what isn't a piece is whole."""
        if not isinstance(piece, dict) or "last" not in piece:
            return piece
        self._pieces = [piece["text"]] if piece["first"] else [*self._pieces, piece["text"]]
        if sum(map(len, self._pieces)) > MOST:
            self._pieces = []
        if not piece["last"]:
            return None
        whole = "".join(self._pieces)
        self._pieces = []
        return whole
