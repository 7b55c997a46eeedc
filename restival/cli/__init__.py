"""The `restival` command."""

from restival.cli.main import main

__all__ = ["main"]
