"""What type checkers make of a declared component."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
from typing import Annotated, assert_type

from pydantic import Field

from restival import IO
from restival.components import Component


class Stars(Component[int]):
    max: Annotated[int, Field(ge=2)] = 5
    words_below: list[str]


async def asks(io: IO) -> None:
    assert_type(await io.component(Stars("How?", words_below=[], max=3, help_text="help", default_value=2)), int)
    assert_type(await io.component(Stars("How?", words_below=[])).optional(), int | None)
    io.component(Stars("How?", words_below=[])).validate(lambda stars: "odd" if stars % 2 else None)
    Stars("How?")  # type: ignore[call-arg]
    Stars("How?", words_below=[], mox=3)  # type: ignore[call-arg]
    Stars("How?", words_below=[], default_value="many")  # type: ignore[arg-type]
"""


@pytest.mark.timeout(300)
def test_awaits_and_keywords_are_typed(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "program.py"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
