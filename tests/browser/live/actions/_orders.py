"""What the pages show: a file that tests write into while pages are open."""

import json
import os
from pathlib import Path
from typing import Any

FILE = Path(os.environ["ORDERS"])


def read() -> dict[str, Any]:
    """The orders, and what is wrong with reading them."""
    found: dict[str, Any] = json.loads(FILE.read_text())
    return found


def handle(number: int) -> None:
    told = read()
    told["handled"] = [*told.get("handled", []), number]
    FILE.write_text(json.dumps(told))
