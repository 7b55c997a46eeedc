"""Which page belongs to which address."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from nicegui import PageArguments

from restival.ui.elements.not_found import not_found_page
from restival.ui.elements.screen import Screen
from restival.ui.screens import SCREENS
from restival.ui.screens.action import action_page
from restival.ui.screens.home.screen import folder_page
from restival.ui.screens.page.screen import page_page
from restival.ui.screens.transaction.screen import transaction_page
from restival.ui.session.current_person import current_person
from restival.ui.session.listing import listed
from restival.ui.session.services import Services

Page = Callable[[PageArguments], Awaitable[None]]


def routes(services: Services) -> dict[str, Page]:
    """The pages that the person may open, by the pattern of their address."""
    found: dict[str, Page] = {
        "/t/{transaction}": partial(_transaction, services),
        "/t/{transaction}/timeline": partial(_timeline, services),
    }
    for action in services.site().allowed(current_person(), "see"):
        found[f"/{action.slug}"] = partial(action_page, services, action.slug)
    for page in services.site().pages_for(current_person()):
        found[f"/{page.slug}"] = partial(page_page, services, page.slug)
    for item in listed(services):
        for folder in _folders(item.group):
            found.setdefault(f"/{folder}", partial(_folder, services, folder))
    found |= {screen.path: partial(_screen, services, screen) for screen in SCREENS if screen.is_visible(services)}
    return {pattern: partial(_exactly, services, page) for pattern, page in found.items()}


def _folders(group: str) -> Iterator[str]:
    while group:
        yield group
        group = group.rpartition("/")[0]


async def _exactly(services: Services, page: Page, arguments: PageArguments) -> None:
    """An address that only begins like a page's isn't that page's: nothing may start by a wrong link."""
    if arguments.remaining_path.strip("/"):
        not_found_page(services, arguments.path.rstrip("/") + "/" + arguments.remaining_path.strip("/"))
    else:
        await page(arguments)


async def _screen(services: Services, screen: Screen, arguments: PageArguments) -> None:
    """An open page keeps its routes when its person loses a right."""
    if screen.is_visible(services):
        await screen.draw(services, arguments)
    else:
        not_found_page(services, screen.path)


async def _folder(services: Services, folder: str, arguments: PageArguments) -> None:
    await folder_page(services, folder)


async def _transaction(services: Services, arguments: PageArguments) -> None:
    await transaction_page(services, arguments.path_parameters["transaction"])


async def _timeline(services: Services, arguments: PageArguments) -> None:
    await transaction_page(services, arguments.path_parameters["transaction"], timeline=True)
