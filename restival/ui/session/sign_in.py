"""Signing in again from an open page."""

from nicegui import ui


def sign_in_again() -> None:
    """Have the browser ask for this page anew, which leads to signing in."""
    ui.run_javascript("location.reload()")
