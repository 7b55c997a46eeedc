"""The class of all event loops: uvloop's where there is one."""

import asyncio
import sys
from typing import Any


def _class() -> Any:
    try:
        import uvloop
    except ImportError:
        if sys.platform == "win32":
            return asyncio.ProactorEventLoop
        return asyncio.SelectorEventLoop
    return uvloop.Loop


Loop = _class()
