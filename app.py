"""Serves this project: `uv run app.py`."""

from pathlib import Path

import restival

if __name__ == "__main__":
    restival.run(Path(__file__).parent)
