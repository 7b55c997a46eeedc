"""What README and docs show runs, and what there is stands in them."""

import ast
import inspect
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer.main

from restival.access.rights import Right
from restival.auth import audit, audit_file, line_limit
from restival.cli.main import app
from restival.io.api import IO
from restival.io.core.component import BUILT_IN
from restival.isolation.sandbox import sheet
from restival.settings import Settings
from restival.settings.dashboard import Theme
from restival.settings.engine import ExternalEngine, StorageSettings
from restival.settings.keys import Key
from restival.settings.menus import Menu, MenuLink
from restival.settings.people import Individual
from restival.settings.schedules import ScheduleEntry
from restival.settings.sign_in import SignIn
from restival.site.project import load_project
from restival.storage import unsent_uploads as unsent
from restival.ui.setup.component_scripts import release_names
from restival.ui.widgets.base.widget import WIDGETS
from restival.web import http_protocol as patience
from restival.web.middleware import body_limits as bodies
from scripts.document import PICTURES, SPACES, called_name, offered, picture_of
from scripts.document import page as page_of_io

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
LINKED = [
    *PAGES,
    *(ROOT / name for name in ("CONTRIBUTING.md", "SECURITY.md", "bench/README.md", "components/README.md")),
]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[Any]:
    found = []
    for page in PAGES:
        for number, (kind, mark, code) in enumerate(BLOCK.findall(page.read_text()), 1):
            if kind == language:
                found.append(pytest.param(mark.strip(), code, id=f"{page.name}:{number}"))
    return found


@pytest.mark.parametrize(("mark", "code"), blocks("python"))
def test_python_in_the_docs_is_an_action_that_loads_or_what_the_file_says(mark: str, code: str, project: Path) -> None:
    kind, _, name = mark.partition("=")
    if kind == "file":
        assert code == (ROOT / name).read_text()
    elif kind == "in":
        assert " ".join(code.split()) in " ".join((ROOT / name).read_text().split())
    elif kind == "component":
        (project / "components").mkdir()
        (project / "components" / f"{name}.py").write_text(code)
        loaded = load_project(project, forget=release_names)
        assert loaded.problems == ()
        assert len(loaded.components) == 1
    else:
        shutil.copytree(ROOT / "components", project / "components")
        (project / "actions" / "example.py").write_text(code)
        loaded = load_project(project, forget=release_names)
        assert loaded.problems == ()
        assert len(loaded.registry) + len(loaded.pages) == 1


@pytest.mark.parametrize(("mark", "code"), blocks("yaml"))
def test_yaml_in_the_docs_is_valid(mark: str, code: str, tmp_path: Path) -> None:
    from restival.settings import load_settings

    (tmp_path / "restival.yaml").write_text(code)
    load_settings(tmp_path, {}, {})


def test_every_component_is_documented_and_has_a_widget() -> None:
    text = (DOCS / "reference" / "io.md").read_text()
    assert text == page_of_io(), "run scripts/document.py"
    offered = [name for name in BUILT_IN if name not in ("record", "list", "variants")]
    sections = dict(re.findall(r"^### `io\.([\w.]+)`\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))
    assert [name for name in [*offered, "group", "form"] if "```python" not in sections.get(name, "")] == []
    assert set(WIDGETS) == set(BUILT_IN)
    assert IO.__doc__


def test_every_call_has_a_picture_and_every_picture_a_call() -> None:
    calls = {picture_of(name).name for spaces in SPACES.values() for name, _ in offered(spaces)}
    assert {picture.name for picture in PICTURES.glob("*.png")} == calls, "run scripts/pictures.py"


def test_every_setting_is_documented() -> None:
    page = (DOCS / "reference" / "settings.md").read_text() + (DOCS / "guides" / "access.md").read_text()
    inner = {"theme": [Theme], "engine": [ExternalEngine], "storage": [StorageSettings]}
    keys = {f"{name}.{key}" for name, models in inner.items() for model in models for key in model.model_fields}
    keys |= Settings.model_fields.keys() - inner.keys()
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
    modes = get_args(get_args(SignIn)[0])
    deeper = [*modes, Individual, Key, Menu, MenuLink, ScheduleEntry]
    named = {key for model in deeper for key in model.model_fields} | set(get_args(Right))
    assert [key for key in sorted(named) if not re.search(rf"\b{key}\b", page)] == []


def test_every_command_and_option_is_documented() -> None:
    page = (DOCS / "reference" / "cli.md").read_text()
    for command, options in commands(typer.main.get_command(app)):
        assert f"| `restival {command}" in page
        for option in options:
            assert re.search(rf"^\| `{option}` \|.*`({command}|RESTIVAL_\w+)`", page, re.MULTILINE) or (
                f"| `{option}` | all of them |" in page
            ), f"{command} {option}"


def commands(group: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """The commands of the command line, and their options."""
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path}{name} ")
        else:
            options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
            yield f"{path}{name}", options


def test_every_route_is_documented() -> None:
    api = (DOCS / "reference" / "api.md").read_text()
    for route in ("/api/actions", "/api/transactions/{id}/answer", "/api/transactions/{id}/cancel", "/healthz"):
        assert route in api


def test_links_between_the_pages_lead_somewhere() -> None:
    broken = []
    for page in LINKED:
        for number, line in enumerate(page.read_text().splitlines(), 1):
            for path, anchor in re.findall(r"\]\((?!http)([^)#]*)#?([^)]*)\)", line):
                target = page.parent / path if path else page
                if not target.exists() or (anchor and anchor not in anchors(target)):
                    broken.append(f"{page.relative_to(ROOT)}:{number}: {path}#{anchor}")
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as GitHub makes them."""
    found: Counter[str] = Counter()
    names = set()
    for heading in re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text()), re.MULTILINE):
        name = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        names.add(f"{name}-{found[name]}" if found[name] else name)
        found[name] += 1
    return names


def test_the_index_lists_every_page() -> None:
    listed = {(DOCS / target).resolve() for target in re.findall(r"\]\(([^)#]+)", (DOCS / "index.md").read_text())}
    assert [page.name for page in DOCS.rglob("*.md") if page not in {*listed, DOCS / "index.md"}] == []


def test_the_gallery_uses_every_keyword_of_every_call() -> None:
    used: dict[str, set[str | None]] = {}
    for file in (ROOT / "actions" / "gallery").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if name := called_name(node):
                used.setdefault(name, set()).update(keyword.arg for keyword in node.keywords)
    missing = []
    for name, call in offered([space for spaces in SPACES.values() for space in spaces]):
        parameters = inspect.signature(call).parameters.values()
        keywords = {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}
        missing += [f"io.{name}({keyword}=)" for keyword in sorted(keywords - used.get(name, set()))]
        missing += [] if name in used else [f"io.{name}"]
    assert missing == []


def test_the_limits_in_the_docs_are_those_of_the_code() -> None:
    page = (DOCS / "guides" / "security.md").read_text()
    limits = {
        "time for a request's head": f"{patience.HEAD_SECONDS:g} s",
        "a request's head": f"{patience.HEAD_BYTES // 1_000} kB",
        "pace of a body": f"{patience.BODY_BYTES // 1_000} kB in {patience.BODY_SECONDS:g} s",
        "pace at which an answer is taken": f"{patience.WRITE_BYTES // 1_000} kB in {patience.WRITE_SECONDS:g} s",
        "connections of one address, without websockets": f"{patience.CONNECTIONS}",
        "a body, unless listed below": f"{bodies.USUAL_BYTES // 1_000} kB",
        "a spreadsheet": f"{bodies.UPLOAD_BYTES // 1_000_000} MB, and {sheet.MOST_UNPACKED // 1_000_000} MB unpacked",
        "files that are uploaded but not sent, per user and per transaction": (
            f"{unsent.MOST_UNSENT:,} files, {unsent.MOST_BYTES // 1_000_000_000} GB"
        ),
    }
    for what, value in limits.items():
        assert f"| {what} | {value} |" in page
    assert f"at most {line_limit.LINES} lines a minute per address and {line_limit.ALL_LINES} in all" in page
    assert f"cut at {audit.MOST_CHARACTERS} characters" in page
    assert f"after {audit_file.FILE_BYTES // 1_000_000} MB" in page
    assert f"at most {audit_file.ALL_BYTES // 1_000_000_000} GB" in page


def test_the_files_of_the_architecture_exist() -> None:
    named = re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", (DOCS / "background" / "architecture.md").read_text())
    assert len(named) > 12
    assert [file for file in named if not (ROOT / file).exists() and not (ROOT / "restival" / file).exists()] == []
