"""Half-filled forms: kept with the browser's session until they are sent."""

import asyncio
import json
from collections.abc import Callable

from nicegui import app

from restival.io.call import Json

DRAFTS = "drafts"
PAUSE = 0.2
"""Seconds without a keystroke after which the draft is kept."""
MOST = 100
LARGEST = 64_000
"""Characters of a draft as JSON; a larger one isn't kept."""


class Draft:
    """The draft of one form. It is read when the form is drawn, and dropped when it was sent."""

    def __init__(self, key: str, read: Callable[[], dict[str, Json]]) -> None:
        self._drafts: dict[str, dict[str, Json]] = app.storage.user.setdefault(DRAFTS, {})
        self._key = key
        self._read = read
        self._timer: asyncio.TimerHandle | None = None

    @property
    def values(self) -> dict[str, Json]:
        """What was filled in when the form was left."""
        return dict(self._drafts.get(self._key, {}))

    def changed(self) -> None:
        """Keep the draft soon."""
        self._stop()
        self._timer = asyncio.get_running_loop().call_later(PAUSE, self.keep)

    def keep(self) -> None:
        """Keep what is filled in now."""
        self._stop()
        values = self._read()
        if len(json.dumps(values)) > LARGEST:
            return
        self._drafts.pop(self._key, None)
        self._drafts[self._key] = values
        for oldest in list(self._drafts)[:-MOST]:
            del self._drafts[oldest]

    def drop(self) -> None:
        """Forget the draft."""
        self._stop()
        self._drafts.pop(self._key, None)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
