"""Half-filled forms: kept with the browser's session until they are sent."""

import asyncio
import json
from collections.abc import Callable

from nicegui.storage import Storage

from restival.io.core.call import Json
from restival.ui.forms.draft_files import LargeValues
from restival.ui.session.current_person import own_storage

DRAFTS = "drafts"
LARGE = "large_drafts"
PAUSE = 0.2
"""Seconds without a keystroke after which the draft is kept."""
MOST = 100
LARGEST = 64_000
"""Characters of a field's value as JSON; a larger value gets a file of its own."""

Values = dict[str, Json]


class Draft:
    """The draft of one form. It is read when the form is drawn, and dropped when it was sent."""

    def __init__(self, key: str, read: Callable[[], Values]) -> None:
        own = own_storage()
        self._drafts: dict[str, Values] = own.setdefault(DRAFTS, {})
        self._large = LargeValues(own.setdefault(LARGE, {}), Storage.path / LARGE)
        self.key = key
        self._read = read
        self._timer: asyncio.TimerHandle | None = None
        self._dropped = False

    @property
    def values(self) -> Values:
        """What was filled in when the form was left."""
        kept: Values = json.loads(json.dumps(self._drafts.get(self.key, {})))  # a copy that doesn't write to disk
        return kept | self._large.read(self.key)

    def changed(self) -> None:
        """Keep the draft soon."""
        self._stop()
        if not self._dropped:
            self._timer = asyncio.get_running_loop().call_later(PAUSE, self._keep)

    def settle(self) -> None:
        """Keep at once what has changed since the draft was kept."""
        if self._timer is not None:
            self._keep()

    def drop(self) -> None:
        """Forget the draft, for good."""
        self._stop()
        self._dropped = True
        if self.key in self._drafts:  # each change is written to disk
            del self._drafts[self.key]
        self._large.drop_others(self._drafts)

    def _keep(self) -> None:
        self._stop()
        values = self._read()
        keep_draft(self._drafts, self.key, values)
        large = {field: json.dumps(value) for field, value in values.items() if field not in self._drafts[self.key]}
        self._large.keep(self.key, large)
        self._large.drop_others(self._drafts)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def keep_draft(drafts: dict[str, Values], key: str, values: Values) -> None:
    """Put a draft among the others, as the newest; the oldest and values that are too large aren't kept."""
    drafts.pop(key, None)
    drafts[key] = {field: value for field, value in values.items() if _fits(value)}
    for oldest in list(drafts)[:-MOST]:
        del drafts[oldest]


def _fits(value: Json) -> bool:
    return len(value if isinstance(value, str) else json.dumps(value)) <= LARGEST


def prefill(key: str, values: Values) -> None:
    """Have the form with this key drawn with these values."""
    keep_draft(own_storage().setdefault(DRAFTS, {}), key, values)
