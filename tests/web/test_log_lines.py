"""What the app logs can't be made to look like something else."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from restival.app.process import log_to


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log_to(tmp_path / "app.log")
    yield tmp_path / "app.log"
    for handler in set(root.handlers) - set(before):
        handler.close()
    root.handlers[:], root.level = before, level


def test_each_record_is_told_from_what_stands_in_it(log: Path) -> None:
    own = [handler for handler in logging.getLogger().handlers if getattr(handler, "baseFilename", "") == str(log)]
    logging.getLogger().handlers[:] = own  # what captures logs for a report can't take half characters
    forged = "x\n2026-11-29 10:00:00,000 WARNING restival: boss@example.com signed in"
    logging.getLogger("engineio").error("Invalid session %s\r\x1b[2J\u2028\udc00", forged)
    try:
        raise ValueError(forged)
    except ValueError:
        logging.getLogger("restival").exception("the page can't be read")
    records = [line for line in log.read_text("utf-8").split("\n") if line.startswith("20")]
    assert len(records) == 2
    assert "signed in\\r\\x1b[2J\\u2028\\udc00" in log.read_text("utf-8")
