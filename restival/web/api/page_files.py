"""Files that pages show, for those they were shown to."""

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from restival.access.person import Person
from restival.io.core.file_content import FileGone
from restival.io.table.stored_rows import TYPE
from restival.pages.files import PageFile
from restival.site.site import Site
from restival.web.api.context import ApiContext, route
from restival.web.file_response import delivered, table_as_csv


def routes(api: ApiContext) -> list[Route]:
    """The only one."""
    return [route(api, "/pages/{file}/{name}", download)]


async def download(api: ApiContext, request: Request) -> Response:
    """A file's content. Nobody gets what was read for somebody else, nor what is on a page that they can't see any
    more."""
    kept = api.page_files.known(request.path_params["file"])
    if not _may_have(api.site(), api.person(request), kept):
        raise FileGone("This file is no longer available. Reopen its page.")
    if kept.type == TYPE:
        return table_as_csv(request, kept.content)

    async def stream(start: int, end: int) -> AsyncIterator[bytes]:
        yield kept.content[start:end]

    return delivered(request, kept.name, kept.type, len(kept.content), stream)


def _may_have(site: Site, person: Person, kept: PageFile) -> bool:
    return site.page_for(person, kept.slug) is not None and (person.developer or person.same_as(kept.person))
