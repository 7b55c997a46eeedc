"""The dashboard's styles and scripts, all of a kind in one file: a browser's first visit asks once for each."""

from hashlib import sha256
from pathlib import Path

from nicegui import __version__, app, ui
from starlette.responses import Response

STATIC = Path(__file__).parents[1] / "static"
LOOK_URL = "/_restival/look-"
"""What addresses begin with that hold the sum of their content."""
LASTS = (LOOK_URL, f"/_nicegui/{__version__}/static/")
"""What is behind these addresses is the same as long as the app runs."""
KEEP = {"cache-control": "public, max-age=31536000, immutable"}


def add_look() -> None:
    """Serve styles and scripts, and have every page load them."""
    styles = _serve("*.css", "text/css")
    scripts = _serve("*.js", "text/javascript")
    ui.add_head_html(f'<link rel="stylesheet" href="{styles}">', shared=True)
    ui.add_head_html(f'<script defer src="{scripts}"></script>', shared=True)


def _serve(pattern: str, kind: str) -> str:
    """Serve these files as one; gives its address."""
    whole = "\n".join(file.read_text(encoding="utf-8") for file in sorted(STATIC.glob(pattern)))
    address = f"{LOOK_URL}{sha256(whole.encode()).hexdigest()[:16]}{Path(pattern).suffix}"

    @app.get(address)
    async def _() -> Response:
        return Response(whole, media_type=kind, headers=KEEP)

    return address
