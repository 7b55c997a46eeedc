"""A signature, drawn by hand or typed."""

import base64
import binascii
from typing import Annotated

from nicegui import events, ui
from nicegui.element import Element
from pydantic import BaseModel, Field

from restival.components import Component, InvalidAnswer, OpenField

PNG_URL = "data:image/png;base64,"
PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
LARGEST_DRAWING = 300_000
"""Characters of a drawing as a data URL; a signature has a tenth of them."""


class Signed(BaseModel):
    """A drawing, or a name where the person has typed it instead."""

    drawing: str | None = None
    name: Annotated[str, Field(max_length=200)] | None = None

    @property
    def png(self) -> bytes | None:
        """The drawing as the bytes of a PNG file."""
        return base64.b64decode(self.drawing.removeprefix(PNG_URL)) if self.drawing else None


class Signature(Component[Signed]):
    """A signature, drawn with mouse, finger or pen. Who can't draw types the name."""

    css = ".signature { display: block; height: 72px; max-width: 100%; background: #fff; border-radius: 6px; }"

    def check(self, value: Signed) -> Signed:
        """One of the two, and a drawing that is a PNG."""
        name = (value.name or "").strip() or None
        if (value.drawing is None) == (name is None):
            raise InvalidAnswer("Please draw your signature or type your name.")
        if value.drawing is not None and not _is_png(value.drawing):
            raise InvalidAnswer("Please draw the signature again.")
        return Signed(drawing=value.drawing, name=name)

    def draw(self, field: OpenField[Signed]) -> None:
        """The pad is a Vue component of its own; it says what was drawn or typed."""
        value = field.value or Signed()
        drawing = value.drawing if value.drawing and _is_png(value.drawing) else None

        def changed(event: events.GenericEventArguments) -> None:
            drawn, name = event.args.get("drawing") or None, event.args.get("name") or None
            field.change(Signed(drawing=drawn, name=name) if drawn or name else None)

        SignaturePad(drawing, value.name, readonly=field.disabled).on("change", changed)

    def words(self, value: Signed) -> str:
        """The name, where it was typed."""
        return f"{value.name} (typed)" if value.name else "Drawn by hand"

    def show(self, value: Signed) -> None:
        """The drawing, or the name."""
        if value.drawing and _is_png(value.drawing):
            picture = ui.element("img").classes("signature")
            picture.props["src"], picture.props["alt"] = value.drawing, "Signature, drawn by hand"
        else:
            ui.label(self.words(value))


class SignaturePad(Element, component="signature.js"):
    """Emits `change` with a drawing (a PNG as a data URL) and a name, one of them null."""

    def __init__(self, drawing: str | None, name: str | None, *, readonly: bool) -> None:
        super().__init__()
        self._props.update({"drawing": drawing, "name": name, "readonly": readonly})


def _is_png(url: str) -> bool:
    if not url.startswith(PNG_URL) or len(url) > LARGEST_DRAWING:
        return False
    try:
        decoded = base64.b64decode(url.removeprefix(PNG_URL), validate=True)
    except (binascii.Error, ValueError):
        return False
    return decoded.startswith(PNG_BEGINS)
