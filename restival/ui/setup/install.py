"""Puts the dashboard onto the app."""

from pathlib import Path

from fastapi import FastAPI
from nicegui import app as nicegui_app
from nicegui import ui
from nicegui.storage import Storage
from starlette.middleware import Middleware

from restival.ui.session.nicegui_private import remember_signatures
from restival.ui.session.nonces import mark_scripts
from restival.ui.session.services import Services
from restival.ui.setup.assets import STATIC, add_look
from restival.ui.setup.client_guard import RequirePageOwner
from restival.ui.setup.socket_guard import close_ended, guard_sockets
from restival.ui.shell.shell import shell

STATIC_URL = "/_restival"
RECONNECT_SECONDS = 60.0
"""How long a page whose connection is lost is kept for its browser to come back to."""


def install(app: FastAPI, services: Services, *, storage_secret: str, storage_path: Path) -> None:
    """Serve the dashboard at every path that nothing else takes."""
    remember_signatures()
    guard_sockets(services.auth.audit)
    services.on_change(close_ended)  # the first to hear of it: nothing is drawn for those who are gone
    services.auth.sessions.on_ended(lambda _: close_ended())
    Storage.path = storage_path
    storage_path.mkdir(parents=True, exist_ok=True)
    mark_scripts()
    add_look()  # before what else is below the same address
    nicegui_app.add_static_files(STATIC_URL, STATIC)
    nicegui_app.config.quasar_config["loadingBar"]["skipHijack"] = True  # its bar has no name, and says nothing here
    app.user_middleware.append(Middleware(RequirePageOwner))  # inside the gate, which knows nothing of pages
    ui.run_with(
        app,
        root=lambda: shell(services),
        title=services.site().settings.title,
        favicon=STATIC / "favicon.svg",
        dark=None,
        language="en-US",
        binding_refresh_interval=None,
        reconnect_timeout=RECONNECT_SECONDS,
        tailwind=False,
        storage_secret=storage_secret,
        session_middleware_kwargs={"same_site": "lax", "max_age": 365 * 24 * 3600},
        show_welcome_message=False,
    )
