"""A small storage over HTTP that takes files from the pages of other servers."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


class Store:
    """What the storage has got, and how it behaves."""

    def __init__(self) -> None:
        self.url = ""
        self.got: dict[str, tuple[str, bytes]] = {}
        """Content type and content by path."""
        self.allows = True
        """Whether pages of other servers may send something (CORS)."""
        self.answers = 200
        """The status that a PUT gets."""
        self.goes_on = Event()
        """Until then uploads have to wait."""
        self.goes_on.set()


@contextmanager
def served_store() -> Iterator[Store]:
    store = Store()

    class Handler(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            self.answer(204)

        def do_PUT(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            store.goes_on.wait(20)
            if store.answers == 200 and "?up=" in self.path:
                store.got[self.path.partition("?")[0]] = (self.headers["content-type"], content)
            self.answer(store.answers)

        def do_GET(self) -> None:
            path, _, signed = self.path.partition("?")
            known = store.got.get(path) if signed.startswith("down=") and signed.endswith("%2F%3D") else None
            self.answer(200 if known else 403, known[1] if known else b"")

        def answer(self, status: int, content: bytes = b"") -> None:
            self.send_response(status)
            if store.allows:
                self.send_header("access-control-allow-origin", "*")
                self.send_header("access-control-allow-methods", "PUT")
                self.send_header("access-control-allow-headers", "content-type")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *about: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    store.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield store
    finally:
        store.goes_on.set()
        server.shutdown()
        server.server_close()
