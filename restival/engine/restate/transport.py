"""HTTP to Restate, over its unix sockets or a URL."""

import json
from types import TracebackType
from typing import Self

import aiohttp

from restival.engine.errors import EngineRefused, EngineUnavailable

TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=3)
SOCKET = "unix:"


class Transport:
    """Keeps connections to one endpoint: `unix:/path/to.sock` or `http://host:port`, perhaps with a bearer token."""

    def __init__(self, endpoint: str, token: str | None = None) -> None:
        self.endpoint = endpoint
        self._socket = endpoint.removeprefix(SOCKET) if endpoint.startswith(SOCKET) else None
        self._base = "http://restate" if self._socket else endpoint.rstrip("/")
        self._headers = {"authorization": f"Bearer {token}"} if token else {}
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self, method: str, path: str, body: bytes | None = None, *, accept: str = "*/*"
    ) -> tuple[int, bytes]:
        """The status and the body of the answer; `body` is JSON. Raises EngineUnavailable, EngineRefused."""
        headers = {**self._headers, "accept": accept}
        if body is not None:
            headers["content-type"] = "application/json"
        try:
            async with self._opened().request(
                method, self._base + path, data=body, headers=headers, skip_auto_headers=("content-type",)
            ) as response:
                status, answer = response.status, await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise EngineUnavailable(self.endpoint, str(error) or type(error).__name__) from error
        if status >= 400:
            raise self._failure(status, answer)
        return status, answer

    def _failure(self, status: int, answer: bytes) -> EngineUnavailable | EngineRefused:
        message, code = _told(answer)
        if status >= 500 and code is None:  # a server that is starting answers so too
            return EngineUnavailable(self.endpoint, f"{status}: {message}")
        return EngineRefused(status, message, code)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.UnixConnector(self._socket, limit=0) if self._socket else aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector, timeout=TIMEOUT)
        return self._session

    async def close(self) -> None:
        """Close the connections; they open anew when needed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _told(answer: bytes) -> tuple[str, str | None]:
    """The message and Restate's code of an error, as its APIs write them: JSON, or else plain text."""
    text = answer.decode(errors="replace")
    try:
        error = json.loads(text)
        message, code = str(error["message"]), error.get("restate_code")
    except (ValueError, LookupError, TypeError, AttributeError):
        return text, None
    prefix = f"[{code}] "
    while message.startswith(prefix):
        message = message.removeprefix(prefix)
    return message, code
