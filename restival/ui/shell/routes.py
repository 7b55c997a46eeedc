"""Which page belongs to which address."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from nicegui import PageArguments

from restival.ui.elements.not_found import not_found_page
from restival.ui.elements.schedule_summary import has_schedules
from restival.ui.screens.account.screen import account_page
from restival.ui.screens.action import action_page
from restival.ui.screens.engine.screen import engine_page
from restival.ui.screens.history import history_page
from restival.ui.screens.home.screen import home_page
from restival.ui.screens.inbox import inbox_page
from restival.ui.screens.page.screen import page_page
from restival.ui.screens.people.screen import people_page
from restival.ui.screens.schedules.screen import schedules_page
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
    found["/history"] = partial(_history, services)
    found["/inbox"] = partial(_inbox, services)
    if services.site().access.manages(current_person()):
        found["/engine"] = partial(_engine, services)
    if has_schedules(services):
        found["/schedules"] = partial(_schedules, services)
    if services.auth.has_sessions:
        found["/account"] = partial(_account, services)
    if services.site().access.manages(current_person()):
        found["/people"] = partial(_people, services)
    found["/"] = partial(_folder, services, "")
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


async def _folder(services: Services, folder: str, arguments: PageArguments) -> None:
    await home_page(services, folder)


async def _account(services: Services, arguments: PageArguments) -> None:
    await account_page(services)


async def _people(services: Services, arguments: PageArguments) -> None:
    await people_page(services)


async def _history(services: Services, arguments: PageArguments) -> None:
    await history_page(services, arguments.query_parameters)


async def _inbox(services: Services, arguments: PageArguments) -> None:
    await inbox_page(services)


async def _engine(services: Services, arguments: PageArguments) -> None:
    await engine_page(services)


async def _schedules(services: Services, arguments: PageArguments) -> None:
    await schedules_page(services)


async def _transaction(services: Services, arguments: PageArguments) -> None:
    await transaction_page(services, arguments.path_parameters["transaction"])


async def _timeline(services: Services, arguments: PageArguments) -> None:
    await transaction_page(services, arguments.path_parameters["transaction"], timeline=True)
