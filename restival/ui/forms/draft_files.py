"""Values of drafts that are too large for the session's own file, which is written anew at every change."""

import json
import os
import secrets
from collections.abc import Container
from pathlib import Path

from restival.io.core.call import Json

MOST_CHARACTERS = 20_000_000
"""Of a value as JSON; a larger one isn't kept."""

Names = dict[str, dict[str, str]]
"""The files' names by draft and field, kept with the session."""


class LargeValues:
    """One file for each value."""

    def __init__(self, names: Names, folder: Path) -> None:
        self._names = names
        self._folder = folder

    def read(self, key: str) -> dict[str, Json]:
        """The values of a draft by field, as far as their files are there."""
        files = {field: self._folder / name for field, name in self._names.get(key, {}).items()}
        return {field: json.loads(file.read_text()) for field, file in files.items() if file.exists()}

    def keep(self, key: str, values: dict[str, str]) -> None:
        """Write a draft's values, given as JSON; those of its other fields are dropped."""
        before = dict(self._names.get(key, {}))
        kept = {field: text for field, text in values.items() if len(text) <= MOST_CHARACTERS}
        names = {field: before.pop(field, "") or f"{secrets.token_hex(16)}.json" for field in kept}
        for field, text in kept.items():
            self._write(names[field], text)
        self._delete(before)
        if names:
            self._names[key] = names
        else:
            self._names.pop(key, None)

    def drop_others(self, keys: Container[str]) -> None:
        """Drop the values of all drafts but these."""
        for key in [key for key in self._names if key not in keys]:
            self._delete(self._names.pop(key))

    def _write(self, name: str, text: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        written = self._folder / f"{name}.new"
        written.write_text(text)
        os.replace(written, self._folder / name)

    def _delete(self, names: dict[str, str]) -> None:
        for name in names.values():
            (self._folder / name).unlink(missing_ok=True)
