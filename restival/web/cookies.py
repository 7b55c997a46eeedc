"""Cookies of signing in: for the app alone, out of reach for scripts and other sites."""

from starlette.requests import Request
from starlette.responses import Response


def scheme_of(request: Request) -> str:
    """The scheme that the browser uses, which a proxy in front of the app tells."""
    https = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    return "https" if https else "http"


def put_cookie(request: Request, answer: Response, name: str, value: str, seconds: int, *, path: str = "/") -> None:
    """Have the browser keep a value for so long; behind https it only sends it by https."""
    secure = scheme_of(request) == "https"
    answer.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="lax", secure=secure)
