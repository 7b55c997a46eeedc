"""Writes docs/reference/io.md from the docstrings of the io calls and from the demo's actions, which use each of them.

uv run python scripts/document.py
"""

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, get_args

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from restival.io.api import IO  # noqa: E402
from restival.io.core.component import Component  # noqa: E402
from restival.io.depends import Depends  # noqa: E402
from restival.io.group import Group  # noqa: E402
from restival.io.input.file import FileInput  # noqa: E402

ANY = "any value"
PAGE = ROOT / "docs" / "reference" / "io.md"
ACTIONS = ROOT / "actions"
PICTURES = ROOT / "docs" / "images" / "io"
NEXT_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z`])")
INTRODUCTION = """# `io` reference

This page lists every call of `io`, with an example of each.
The examples are from the demo in `actions/`: run the app and open **Gallery**.
`scripts/document.py` generates this page.

```python
from restival import IO, action


@action
async def order(io: IO) -> str:
    \"\"\"Asks for an order in one form.\"\"\"
    await io.display.markdown("We deliver within a week.")
    answers = await io.group(
        article=io.input.text("Article"),
        pieces=io.input.number("Pieces", min=1),
        note=io.input.text("Note", multiline=True).optional(),
    )
    return f"{answers.pieces} × {answers.article}"
```

## Options of all calls

| Option | Effect |
|---|---|
| `.optional()` | Users can leave the input empty. Its value is then `None`. All other inputs are required. |
| `.validate(fn)` | Rejects values for which `fn`, sync or async, returns a message. |
| `.with_choices([…])` | Replaces the Continue button with several buttons, and returns `(choice, value)`. |
| `.continue_button_options(label=, theme=)` | Changes only the button. |
| `.assign(to)` | Only this person, or people with this role, can answer. |
| `.timeout(after, on_timeout=)` | Sets a deadline. |
| `.remind(every)` | Sends reminders until there is an answer. |

For assignments and deadlines, see [Assignments, approvals, and deadlines](../guides/assignments.md).
A display on its own doesn't wait for an answer.
In a group, displays appear among the inputs.
"""
SPACES = {
    "Inputs": ["input"],
    "Selection and search": ["select", "search"],
    "Groups, forms, and dialogs": ["group", "depends", "form", "confirm", "confirm_identity", "approve", "component"],
    "Layouts": ["layout"],
    "Displays": ["display"],
}


def page() -> str:
    """The whole page."""
    examples = dict(gallery_calls())
    parts = [INTRODUCTION]
    for title, spaces in SPACES.items():
        parts.append(f"## {title}\n")
        for name, item in offered(spaces):
            parts.append(entry(name, item, examples.get(name)))
    return "\n".join(parts)


def offered(spaces: list[str]) -> Iterator[tuple[str, Any]]:
    """The calls of these spaces by their names below `io`."""
    for space in spaces:
        item = getattr(IO, space)
        if is_component(item) or inspect.isfunction(item) or item is Group:
            yield space, item
        else:
            yield from ((f"{space}.{name}", call) for name, call in vars(item).items() if not name.startswith("_"))


def is_component(item: Any) -> TypeGuard[type[Component[Any]]]:
    """Whether a call is a component's class."""
    return isinstance(item, type) and issubclass(item, Component)


def entry(name: str, item: Any, example: tuple[str, str] | None) -> str:
    """A call: its arguments, its result, its purpose, and an example."""
    gives = value_of(item)
    lines = [f"### `io.{name}`", "", f"`io.{name}({arguments(item)})`" + (f" returns {gives}." if gives else ""), ""]
    lines += [NEXT_SENTENCE.sub("\n", inspect.getdoc(item) or ""), ""]
    if picture_of(name).exists():
        lines += [f"![io.{name} in the demo](../images/io/{picture_of(name).name})", ""]
    if example is not None:
        file, code = example
        lines += [f"```python in={file}", code, "```", ""]
    return "\n".join(lines)


def picture_of(name: str) -> Path:
    """The file with the picture of a call, which scripts/pictures.py makes."""
    return PICTURES / f"{name.replace('.', '-').replace('_', '-')}.png"


def arguments(item: Any) -> str:
    """The arguments as they are written in a call."""
    parameters = list(inspect.signature(item).parameters.values())
    return ", ".join(
        str(parameter).split(":")[0]
        if parameter.default is parameter.empty and parameter.kind is not parameter.KEYWORD_ONLY
        else f"{parameter.name}="
        for parameter in parameters
    )


def value_of(item: Any) -> str:
    """The type that the await returns, in words."""
    if not is_component(item) or not item.answerable:
        return ""
    if item is FileInput:
        return "a `File`, or a list of files"
    if item is Depends:
        return "the value of the field, or `None`"
    for base in inspect.getmro(item):
        for generic in getattr(base, "__orig_bases__", ()):
            for argument in get_args(generic):
                return in_words(argument)
    return ""


def in_words(argument: Any) -> str:
    """A type in words."""
    if isinstance(argument, TypeVar):
        kinds = [in_words(kind) for kind in argument.__constraints__]
        return either(kinds) if kinds else "the chosen object"
    if argument is Any:
        return ANY
    given = [in_words(inner) for inner in get_args(argument)]
    if given and given[0].startswith("the chosen"):
        return "a list of the chosen objects"
    inner = ", ".join("Any" if name == ANY else name.strip("`") for name in given)
    return f"`{argument.__name__}[{inner}]`" if given else f"`{argument.__name__}`"


def either(names: list[str]) -> str:
    """The names as alternatives."""
    *first, last = names
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} or {last}"


def gallery_calls() -> Iterator[tuple[str, tuple[str, str]]]:
    """Calls of io in the demo, those of the gallery and with the most arguments last: name, file and source."""
    found: list[tuple[tuple[bool, int], str, tuple[str, str]]] = []
    for file in sorted(ACTIONS.rglob("*.py")):
        source = file.read_text()
        for node in ast.walk(ast.parse(source)):
            name = called_name(node)
            if name and isinstance(node, ast.Call):
                first, _, rest = (ast.get_source_segment(source, node) or "").partition("\n")
                code = f"{first}\n{textwrap.dedent(rest)}".strip()
                rank = (file.parent.name == "gallery", len(node.keywords) if code.count("\n") < 12 else 0)
                found.append((rank, name, (str(file.relative_to(ROOT)), code)))
    for _, name, example in sorted(found, key=lambda each: each[0]):
        yield name, example


def called_name(node: ast.AST) -> str | None:
    """`input.text` for a call of `io.input.text`, `search` for one of `io.search`."""
    names: list[str] = []
    at: ast.AST | None = node.func if isinstance(node, ast.Call) else None
    while isinstance(at, ast.Attribute):
        names.append(at.attr)
        at = at.value
    return ".".join(reversed(names)) if isinstance(at, ast.Name) and at.id in ("io", "IO") and names else None


if __name__ == "__main__":
    PAGE.write_text(page())
