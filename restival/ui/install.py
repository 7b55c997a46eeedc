"""Puts the dashboard onto the app."""

from pathlib import Path

from fastapi import FastAPI
from nicegui import ui

from restival.ui.services import Services


def install(app: FastAPI, services: Services, *, storage_secret: str, storage_path: Path) -> None:
    """Serve the dashboard at every path that nothing else takes."""

    def root() -> None:
        ui.label("hi")

    ui.run_with(
        app, root=root, title=services.settings.title, storage_secret=storage_secret, show_welcome_message=False
    )
