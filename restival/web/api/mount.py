"""The HTTP API: everything below /api."""

from starlette.routing import Mount

from restival.web.api import assignments, audit, files, history, page_files, transactions
from restival.web.api.context import ApiContext

PARTS = (history, transactions, assignments, files, page_files, audit)


def api_mount(api: ApiContext) -> Mount:
    """All routes as one."""
    return Mount("/api", routes=[route for part in PARTS for route in part.routes(api)])
