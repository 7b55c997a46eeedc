"""What the pages need of the rest."""

from collections.abc import Callable
from dataclasses import dataclass

from restival.auth.auth import Auth
from restival.engine.client.client import Client
from restival.engine.client.history import History
from restival.engine.client.notifications import Notifications
from restival.engine.client.operations import Operations
from restival.engine.client.restart import Restarts
from restival.engine.client.timeline import Timelines
from restival.engine.schedules.client import Schedules
from restival.pages.files import PageFiles
from restival.pages.render import Run
from restival.site.site import Site
from restival.ui.session.presence import Presence


@dataclass(frozen=True)
class Services:
    """The engine's client, the site as it is loaded now, and how to hear of changes."""

    client: Client
    history: History
    timelines: Timelines
    restarts: Restarts
    notices: Notifications
    schedules: Schedules
    operations: Operations
    site: Callable[[], Site]
    engine_state: Callable[[], str]
    on_change: Callable[[Callable[[], None]], Callable[[], None]]
    """Subscribes a listener to changes of the site; the returned function ends that."""
    auth: Auth
    page_files: PageFiles
    presence: Presence
    run_page: Run
    """Runs the code of pages, where it holds up nobody else's."""
