"""Calls the API of the app on tests/faults/stored as its users."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from tests.process import AppProcess

SECONDS = 30
JSON = "application/json"


class Refused(Exception):
    """The app has rejected a request."""


class Desk:
    """Requests by Ada, unless another user is named."""

    def __init__(self, app: AppProcess) -> None:
        self.app = app

    def _ask(
        self, who: str, method: str, path: str, data: bytes | None = None, kind: str = "application/json"
    ) -> bytes:
        headers = {"X-Person": f"{who}@example.com", "content-type": kind}
        request = urllib.request.Request(f"{self.app.url}/api{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:
                body: bytes = response.read()
                return body
        except urllib.error.HTTPError as refused:
            raise Refused(f"{path}: {refused.code} {refused.read()[:2000]!r}") from None

    def text(self, path: str) -> str:
        return self._ask("ada", "GET", path).decode()

    def get(self, path: str) -> Any:
        return json.loads(self.text(path))

    def post(self, who: str, path: str, body: dict[str, Any]) -> Any:
        return json.loads(self._ask(who, "POST", path, json.dumps(body).encode()))

    def start(self, slug: str, params: dict[str, Any]) -> str:
        return str(self.post("ada", f"/actions/{slug}", params)["id"])

    def view(self, transaction: str) -> Any:
        return self.get(f"/transactions/{transaction}")

    def _seen(self, transaction: str) -> Any:
        try:
            return self.view(transaction)
        except Refused:  # the transaction appears a moment after it was started
            return None

    def until(self, transaction: str, ready: Callable[[Any], Any]) -> Any:
        """Waits until the view is ready, and returns it."""
        end = time.monotonic() + SECONDS
        while True:
            view = self._seen(transaction)
            if view and ready(view):
                return view
            assert not (view and view["outcome"]), f"it has ended: {view['outcome']}"
            assert not (view and view["trouble"] and view["trouble"]["kind"] == "code_changed"), view["trouble"]
            assert time.monotonic() < end, f"not ready in time: {view}"
            time.sleep(0.02)

    def asked(self, transaction: str, n: int) -> Any:
        """Waits for the question with that number, and returns it."""
        return self.until(transaction, lambda view: view["pending"] and view["pending"]["n"] == n)["pending"]

    def answer(
        self, transaction: str, n: int, values: dict[str, Any], who: str = "ada", choice: str | None = None
    ) -> None:
        self.asked(transaction, n)
        body = {"n": n, "values": values} | ({} if choice is None else {"choice": choice})
        self.post(who, f"/transactions/{transaction}/answer", body)

    def upload(self, transaction: str, n: int, field: str, name: str, content: bytes) -> Any:
        path = f"/files/{transaction}/{n}/{field}?name={quote(name)}"
        return json.loads(self._ask("ada", "PUT", path, content, "text/plain"))
