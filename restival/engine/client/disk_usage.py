"""How much room folders take."""

import os
import shutil
from pathlib import Path

from pydantic import BaseModel


class DiskUsage(BaseModel):
    """A folder on the disk: its files, their bytes, and what is still free there."""

    path: str
    files: int = 0
    bytes: int = 0
    free: int = 0


def use_of(folder: Path) -> DiskUsage:
    """What a folder takes now; files that go meanwhile aren't counted."""
    use = DiskUsage(path=str(folder))
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                use.bytes += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
            use.files += 1
    if folder.exists():
        use.free = shutil.disk_usage(folder).free
    return use
