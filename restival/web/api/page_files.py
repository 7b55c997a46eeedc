"""Files that pages show, for those they were shown to."""

from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from restival.access.person import Person
from restival.io.core.file_content import FileGone
from restival.io.table.stored_rows import TYPE
from restival.pages.files import PageFile, PageFiles
from restival.site.site import Site
from restival.web.api.responses import error_answer
from restival.web.file_response import delivered, table_as_csv


def page_file_route(files: PageFiles, site: Callable[[], Site], person: Callable[[Request], Person]) -> Route:
    """The route under /api/pages. `person` tells who asks: nobody gets what was read for somebody else, nor what is on
    a page that they may not see any more."""

    async def download(request: Request) -> Response:
        try:
            kept = files.known(request.path_params["file"])
            if not _may_have(site(), person(request), kept):
                raise FileGone("This file isn't there any more: open its page again.")
        except FileGone as gone:
            return error_answer(404, str(gone))
        if kept.type == TYPE:
            return table_as_csv(request, kept.content)

        async def stream(start: int, end: int) -> AsyncIterator[bytes]:
            yield kept.content[start:end]

        return delivered(request, kept.name, kept.type, len(kept.content), stream)

    return Route("/api/pages/{file}/{name}", download, methods=["GET"])


def _may_have(site: Site, person: Person, kept: PageFile) -> bool:
    return site.page_for(person, kept.slug) is not None and (person.developer or person.same_as(kept.person))
