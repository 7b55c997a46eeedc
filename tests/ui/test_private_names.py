"""Private names of NiceGUI are in one file, which an update of NiceGUI has to look at."""

import ast
from collections.abc import Iterator
from pathlib import Path

UI = Path(__file__).parents[2] / "restival" / "ui"
THE_FILE = UI / "session" / "nicegui_private.py"


def private(file: Path) -> Iterator[str]:
    """The private names of other objects that a file touches."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not own and not isinstance(node.value, ast.Call):  # super()._method
                yield f"{file.relative_to(UI)}:{node.lineno} {ast.unparse(node)}"


def test_private_names_are_touched_in_one_file() -> None:
    assert list(private(THE_FILE)) != []
    assert [name for file in UI.rglob("*.py") if file != THE_FILE for name in private(file)] == []
