"""A screen of the app: routes, navigation, command palette and reserved addresses are made of these."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nicegui import PageArguments

from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services


def _always(services: Services) -> bool:
    return True


@dataclass(frozen=True)
class Screen:
    """`title` gives its name in the reader's language. It is there for whoever `is_visible` says; `in_navigation` puts
    it into the navigation as well as the command palette."""

    path: str
    title: Callable[[], str]
    icon: str
    draw: Callable[[Services, PageArguments], Awaitable[None]]
    is_visible: Callable[[Services], bool] = _always
    in_navigation: bool = True


def manages(services: Services) -> bool:
    """Whether the person manages the app."""
    return services.site().access.manages(current_person())
