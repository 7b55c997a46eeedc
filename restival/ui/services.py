"""What the pages need of the rest."""

from collections.abc import Callable
from dataclasses import dataclass

from restival.engine.client import Client
from restival.project import Project
from restival.settings import Settings


@dataclass(frozen=True)
class Services:
    """The engine's client, the project as it is loaded now, and how to hear of changes."""

    client: Client
    project: Callable[[], Project]
    settings: Settings
    engine_state: Callable[[], str]
    on_project_change: Callable[[Callable[[], None]], Callable[[], None]]
    """Subscribes a listener; the returned function ends that."""
