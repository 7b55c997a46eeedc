"""The logo, for everybody: it stands where people sign in, too."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from restival.settings.dashboard import LOGOS
from restival.site.site import LOGO_PATH, Site


def logo_route(site: Callable[[], Site]) -> Route:
    """The file that the settings name."""

    async def logo(request: Request) -> Response:
        file = site().logo
        if file is None or not file.is_file():
            return JSONResponse({"error": "No logo is set."}, 404)
        headers = {
            "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
            "x-content-type-options": "nosniff",
            "cache-control": "public, max-age=86400",
        }
        return FileResponse(file, media_type=LOGOS[file.suffix.lower()], headers=headers)

    return Route(LOGO_PATH, logo, methods=["GET"])
