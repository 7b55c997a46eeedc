"""Short messages that come to the top of the page and go by themselves."""

from typing import Literal

from nicegui import ui


def show_toast(message: str, *, wrong: bool = False, position: Literal["top", "top-right"] = "top") -> None:
    """Say something to whoever looks at the page; `wrong` where what they wanted hasn't been done."""
    look = "r-toast-wrong" if wrong else "r-toast"
    ui.notify(message, position=position, color=look, textColor=look)


def show_error(message: str) -> None:
    """Shows why what the person wanted isn't done."""
    show_toast(message, wrong=True)
