"""What goes wrong between the app and Restate."""

from restival.errors import RestivalError


class EngineUnavailable(RestivalError):
    """Restate can't be reached, or doesn't answer in time (30 s)."""

    def __init__(self, endpoint: str, reason: str) -> None:
        super().__init__(f"Restate can't be reached at {endpoint} ({reason}).")


class EngineRefused(RestivalError):
    """Restate has answered a request with an error: its `status`, `message`, and `code`, such as META0003, if it has
    one (docs.restate.dev/references/errors)."""

    def __init__(self, status: int, message: str, code: str | None = None) -> None:
        self.status, self.message, self.code = status, message, code
        super().__init__(f"Restate rejected the request ({status}): {message}")
