"""What the benches need to know of the machine."""

import os
import re
import shutil
from pathlib import Path


def chromium() -> str:
    """Where Chromium is: RESTIVAL_CHROMIUM, or on PATH."""
    found = os.environ.get("RESTIVAL_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "install Chromium, or name it in RESTIVAL_CHROMIUM"
    return found


def megabytes(process: int) -> float:
    """A process's resident memory."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) / 1_024
