"""`/healthz`: whether app and engine can do their work, for load balancers."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


def health_route(engine_state: Callable[[], str], actions: Callable[[], int], problems: Callable[[], int]) -> Route:
    """200 while the engine runs, else 503; the body tells the state of app and engine."""

    async def healthz(request: Request) -> Response:
        state = engine_state()
        body = {"app": "running", "engine": state, "actions": actions(), "problems": problems()}
        return JSONResponse(body, 200 if state == "running" else 503, headers={"cache-control": "no-store"})

    return Route("/healthz", healthz)
