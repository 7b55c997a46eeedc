"""Displays are recorded in the transaction, so there is a limit to what they hold."""

import json

from restival.io.core.component import Display, Props

LARGEST = 1_000_000
"""Bytes of JSON that a display may hold."""


class RecordedDisplay(Display):
    """A display that refuses to be made with more than a transaction should record."""

    def __init__(self, label: str, props: Props, *, help_text: str | None = None) -> None:
        refuse_large(self.name, props)
        super().__init__(label, props, help_text=help_text)


def refuse_large(name: str, props: Props) -> None:
    """Raises ValueError, naming the largest argument, where the props are larger than a display may be."""
    size = len(props.model_dump_json().encode())
    if size <= LARGEST:
        return
    sizes = {key: len(json.dumps(value)) for key, value in props.model_dump(mode="json").items()}
    argument = max(sizes, key=lambda key: sizes[key])
    raise ValueError(
        f"io.{name}: {argument} makes this display {_megabytes(size)} large, but a transaction stores displays of up "
        f"to {_megabytes(LARGEST)}. Show a part of it, or link to the whole with "
        "io.display.link."
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
