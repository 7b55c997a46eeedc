"""What differs between two settings, in names only: values may be secrets."""

from collections.abc import Mapping
from typing import Any

from restival.settings.settings import Settings

NAMED = {"people": "mail", "keys": "name"}
"""Lists whose entries have a name."""


def changes(before: Settings, after: Settings) -> list[str]:
    """What came, went or changed, as `people: added ada@example.com` or `title: changed`."""
    told: list[str] = []
    for key in type(after).model_fields:
        was, now = getattr(before, key), getattr(after, key)
        if was == now:
            continue
        if key in NAMED:
            was, now = ({getattr(each, NAMED[key]): each for each in entries} for entries in (was, now))
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            told += [f"{key}: {what}" for what in _entries(was, now)]
        else:
            told.append(f"{key}: changed")
    return told


def _entries(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    added = [f"added {name}" for name in now if name not in was]
    removed = [f"removed {name}" for name in was if name not in now]
    return added + removed + [f"changed {name}" for name in now if name in was and now[name] != was[name]]
