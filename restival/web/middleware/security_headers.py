"""What every answer tells the browser, whoever gives it: the one place for security headers and cookies' attributes."""

from collections.abc import Callable
from secrets import token_urlsafe

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from restival.settings import Settings
from restival.site.addresses import NONCE
from restival.web.middleware.authentication import is_open
from restival.web.sign_in.cookies import is_secure, prefixed, without_prefix

OF_PAGE = (b"x-nicegui-content", b"page")
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
CACHED = b"cache-control"
NO_STORE = (CACHED, b"no-store")
POLICY = b"content-security-policy"
COMMON = "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"


class SecurityHeaders:
    """Adds them to all answers, errors too; what an answer says for itself stays. Over https cookies get a prefix that
    keeps other hosts of the domain from setting them."""

    def __init__(self, app: ASGIApp, settings: Callable[[], Settings], forms_lead_away: Callable[[], bool]) -> None:
        self.app = app
        self._settings = settings
        self._forms_lead_away = forms_lead_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with headers around its answer."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        secure = is_secure(scope) or self._is_at_https(scope)
        scope["headers"] = without_prefix(scope["headers"], secure)
        if secure:
            scope["scheme"] = "wss" if scope["type"] == "websocket" else "https"
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        scope[NONCE] = token_urlsafe(16)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._completed(message.get("headers", ()), scope, secure)
            await send(message)

        await self.app(scope, receive, with_headers)

    def _is_at_https(self, scope: Scope) -> bool:
        """Whether it is asked at the app's own address, and that is https: the proxy needn't say so each time."""
        scheme, _, host = (self._settings().url or "").partition("://")
        return scheme == "https" and (b"host", host.encode()) in scope["headers"]

    def _completed(self, given: "Headers", scope: Scope, secure: bool) -> "Headers":
        headers = [(name.lower(), value) for name, value in given]
        named = {name for name, _ in headers}
        wanted = [*ALWAYS]
        if secure:
            headers = [(name, prefixed(value)) if name == b"set-cookie" else (name, value) for name, value in headers]
            wanted.append(HSTS)
        if scope["path"].startswith("/api/"):
            wanted.append(NO_STORE)
        if not is_open(scope["path"]):  # nothing between the app and the browser may keep it for others
            headers = [(name, _private(value)) if name == CACHED else (name, value) for name, value in headers]
        if POLICY in named:
            headers = [(name, _unframed(value)) if name == POLICY else (name, value) for name, value in headers]
        else:
            nonce = scope[NONCE] if OF_PAGE in headers else None
            wanted.append((POLICY, policy(nonce, secure, self._forms_lead_away()).encode()))
        return headers + [each for each in wanted if each[0] not in named]


Headers = list[tuple[bytes, bytes]]


def _private(value: bytes) -> bytes:
    return value.replace(b"public", b"private")


def _unframed(value: bytes) -> bytes:
    """An answer's own policy; it may say itself who shows it in a frame."""
    return value if b"frame-ancestors" in value else value + b"; frame-ancestors 'none'"


def policy(nonce: str | None, secure: bool, forms_lead_away: bool) -> str:
    """Where what is shown may come from; with a nonce, that of a page of the dashboard.

    NiceGUI evaluates what the server sends, Vue and Quasar set styles. Pictures, videos, documents and presigned
    uploads are where the action says.
    """
    outside = "https:" if secure else "https: http:"
    forms = f"'self' {outside}" if forms_lead_away else "'self'"
    common = f"{COMMON}; form-action {forms}"
    if nonce is None:
        return f"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; {common}"
    return (
        "default-src 'self'; "
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; script-src-attr 'none'; "
        "style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        f"img-src 'self' data: blob: {outside}; media-src 'self' data: blob: {outside}; "
        f"frame-src 'self' {outside}; connect-src 'self' {outside}; {common}"
    )
