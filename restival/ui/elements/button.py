"""Buttons: the browser's own, because a page with few parts is redrawn fast."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from nicegui.elements.mixins.text_element import TextElement

from restival.errors import RestivalError
from restival.ui.elements.icon import icon as draw_icon
from restival.ui.elements.text import text
from restival.ui.elements.toast import show_error

ButtonStyle = Literal["primary", "plain", "quiet", "danger", "bare"]


class Button(TextElement):
    """A button with a label, an icon, or both; where there is an icon only, `name` says what it does."""

    def __init__(
        self,
        label: str = "",
        on_click: Callable[..., Any] | None = None,
        *,
        look: ButtonStyle = "plain",
        icon: str | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(tag="button", text="" if icon else label)
        self.classes(f"r-button r-{look}")
        self._props["type"] = "button"
        if name:
            self._props["aria-label"] = self._props["title"] = name
        self._label: TextElement | None = None
        if icon:
            with self:
                self._icon = draw_icon(icon)
                self._label = text("span", label)
        if on_click is not None:
            self.on("click", on_click, [])

    def set_label(self, label: str) -> None:
        """Change the label."""
        if self._label is not None:
            self._label.set_text(label)
        else:
            self.set_text(label)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon.set_text(icon)

    def set_enabled(self, enabled: bool) -> None:
        """Let it be pressed, or not."""
        self.props.set_bool("disabled", not enabled)

    @property
    def is_busy(self) -> bool:
        """Whether it shows that it works."""
        return "aria-busy" in self._props

    def set_busy(self, busy: bool) -> None:
        """Show that what it started goes on."""
        if not self.is_deleted and busy != self.is_busy:
            self.props.set_optional("aria-busy", "true" if busy else None)


async def run_button(
    button: Button, work: Callable[[], Awaitable[object]], failed: Callable[[str], object] = show_error
) -> bool:
    """Does the work that a button starts, and returns whether that succeeded. The button is busy meanwhile; pressing it
    again does nothing. The message of a RestivalError goes to `failed`."""
    if button.is_busy:
        return False
    button.set_busy(True)
    try:
        await work()
    except RestivalError as error:
        failed(str(error))
        return False
    finally:
        button.set_busy(False)
    return True
