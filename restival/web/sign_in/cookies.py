"""Cookies of signing in: for the app alone, out of reach for scripts and other sites."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from restival.i18n.negotiation import LANGUAGE_COOKIE, ZONE_COOKIE

HOST, SECURE = "__Host-", "__Secure-"
"""Prefixes that browsers guard (RFC 6265bis): no other host of the domain, and no http, can set such a cookie."""
OF_SCRIPTS = frozenset({LANGUAGE_COOKIE, ZONE_COOKIE})
"""Cookies that scripts of the pages set, under their plain names."""
SEALED = frozenset({"https", "wss"})


def is_secure(scope: Scope) -> bool:
    """Whether the browser uses https, which a proxy in front of the app tells."""
    told = next((value for name, value in scope["headers"] if name == b"x-forwarded-proto"), b"")
    return scope.get("scheme") in SEALED or told.decode("latin-1").partition(",")[0].strip().lower() in SEALED


def scheme_of(request: Request) -> str:
    """The scheme that the browser uses, which a proxy in front of the app tells."""
    return "https" if is_secure(request.scope) else "http"


def put_cookie(request: Request, answer: Response, name: str, value: str, seconds: int, *, path: str = "/") -> None:
    """Have the browser keep a value for so long; behind https it only sends it by https."""
    secure = scheme_of(request) == "https"
    answer.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="lax", secure=secure)


def prefixed(header: bytes) -> bytes:
    """A `Set-Cookie` header as it goes out over https: Secure, and with a prefix."""
    parts = [part.strip() for part in header.decode("latin-1").split(";")]
    attributes = {part.lower() for part in parts[1:]}
    if "secure" not in attributes:
        parts.append("Secure")
    domain = any(each.startswith("domain=") for each in attributes)
    prefix = HOST if "path=/" in attributes and not domain else SECURE
    return f"{prefix}{'; '.join(parts)}".encode("latin-1")


def without_prefix(headers: Sequence[tuple[bytes, bytes]], secure: bool) -> list[tuple[bytes, bytes]]:
    """A request's headers with the cookies under the names that the app knows. Over https one without a prefix isn't
    ours: any host of the domain can have set it."""
    return [(name, _plain(value, secure)) if name == b"cookie" else (name, value) for name, value in headers]


def _plain(header: bytes, secure: bool) -> bytes:
    if not secure and b"__" not in header:
        return header
    guarded, others = [], []
    for cookie in (part.strip() for part in header.decode("latin-1").split(";")):
        name = cookie.partition("=")[0]
        prefix = next((each for each in (HOST, SECURE) if name.startswith(each)), None)
        if prefix is not None:
            guarded.append(cookie.removeprefix(prefix))
        elif not secure or name in OF_SCRIPTS:
            others.append(cookie)
    ours = {cookie.partition("=")[0] for cookie in guarded}
    return "; ".join([*guarded, *(each for each in others if each.partition("=")[0] not in ours)]).encode("latin-1")
