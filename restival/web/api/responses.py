"""Answers of the HTTP API: JSON that can always be sent, and errors with their status."""

import math
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from restival.engine.client.errors import AlreadyAnswered, AnswerTooLarge, ChangedHands, UnknownTransaction
from restival.engine.client.restart import CannotRestart
from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.errors import NotAllowed, RestivalError
from restival.i18n import t
from restival.io.core.call import InvalidAnswer
from restival.io.core.file_content import FileGone
from restival.site.assignments import NotTheirs
from restival.storage.object_store import StorageUnavailable

Handler = Callable[[Request], Awaitable[Response]]

STATUS: Mapping[type[Exception], int] = {
    UnknownTransaction: 404,
    FileGone: 404,
    AlreadyAnswered: 409,
    CannotRestart: 409,
    AnswerTooLarge: 413,
    EngineUnavailable: 503,
    StorageUnavailable: 503,
    NotAllowed: 403,
    ChangedHands: 409,
    NotTheirs: 422,
}
SURROGATES = re.compile("[\ud800-\udfff]+")


class Answer(JSONResponse):
    """JSON, whatever was stored: half characters are written as escapes, NaN and infinite numbers as text."""

    def render(self, content: Any) -> bytes:
        """Writes it; only what can't be written as it is takes the longer way."""
        try:
            return super().render(content)
        except ValueError:  # UnicodeEncodeError is one
            return super().render(_sendable(content))


def printable(text: str) -> str:
    """Returns the text with half characters, which UTF-8 doesn't have, written as escapes."""
    return SURROGATES.sub(lambda found: found[0].encode("utf-8", "backslashreplace").decode(), text)


class ApiError(RestivalError):
    """An error that only the API has, with its status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def _error(status: int, message: str) -> Response:
    headers = {"retry-after": "1"} if status == 503 else None
    return Answer({"error": message}, status, headers)


def error_response(handler: Handler) -> Handler:
    """Returns the handler, which sends errors as JSON with their status instead of raising them."""

    async def respond(request: Request) -> Response:
        try:
            return await handler(request)
        except InvalidAnswer as error:
            return Answer({"error": t("The answer is invalid."), "fields": error.errors}, 422)
        except EngineRefused as error:
            return _refused(error)
        except ApiError as error:
            return _error(error.status, str(error))
        except (RestivalError, FileGone) as error:
            return _error(STATUS.get(type(error), 400), str(error))

    return respond


def _refused(error: EngineRefused) -> Response:
    if error.status == 404:  # the app has just started: Restate doesn't know its actions yet
        return _error(503, t("Restate is starting. Try again in a moment."))
    return _error(503 if error.status >= 500 else 400, str(error))


def _sendable(content: Any) -> Any:
    if isinstance(content, str):
        return printable(content)
    if isinstance(content, Mapping):
        return {_sendable(key): _sendable(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_sendable(item) for item in content]
    if isinstance(content, float) and not math.isfinite(content):
        return "NaN" if math.isnan(content) else "Infinity" if content > 0 else "-Infinity"
    return content
