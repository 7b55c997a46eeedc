"""What is declared in a project is there, or is a problem with file and line."""

import sys
from pathlib import Path

import pytest

from restival.site.project import Project, load_project
from restival.ui.setup.component_scripts import release_names

FACTORY = """
from restival import action


def make(region):
    @action(slug=f"export-{region}")
    async def export() -> str:
        return region

    return export
"""
DECORATORS = """
import functools


def guard(function):
    @functools.wraps(function)
    async def guarded(*args, **kwargs):
        raise PermissionError("closed")

    return guarded


def plain(function):
    async def other():
        return await function()

    return other
"""


@pytest.fixture(autouse=True)
def own_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages of this project hide folders of the same name in those of other tests."""
    monkeypatch.setattr(sys, "path", [*sys.path])


def loaded(project: Path, **files: str) -> Project:
    (project / "actions" / "_factory.py").write_text(FACTORY)
    (project / "actions" / "_decorators.py").write_text(DECORATORS)
    for name, text in files.items():
        file = project / "actions" / f"{name.replace('__in__', '/')}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return load_project(project, forget=release_names)


HEAD = "from restival import action, page, Layout\nfrom actions._decorators import guard, plain\n"
TWO = (
    HEAD
    + """
@action(slug="first")
async def same() -> str:
    return "first"


@action(slug="second")
async def same() -> str:
    return "second"
"""
)


def test_what_a_helper_makes_is_there(project: Path) -> None:
    made = loaded(project, region="from actions._factory import make\nexport_eu = make('eu')\nexport_us = make('us')\n")
    assert set(made.registry) == {"export-eu", "export-us"}
    assert made.problems == ()


def test_two_of_one_name_and_two_slugs_are_there(project: Path) -> None:
    assert set(loaded(project, two=TWO).registry) == {"first", "second"}


def test_a_package_s_own_file_is_read(project: Path) -> None:
    text = HEAD + "\n@action\nasync def pay() -> str:\n    return 'paid'\n"
    again = "from actions.shop import pay\n"
    made = loaded(project, shop__in____init__=text, shop__in__other=again)
    assert set(made.registry) == {"shop/pay"}
    assert made.problems == ()


def test_a_decorator_below_is_called(project: Path) -> None:
    made = loaded(project, pay=HEAD + "\n@action\n@guard\nasync def pay() -> str:\n    return 'paid'\n")
    assert set(made.registry) == {"pay"}
    assert made.registry["pay"].body.__wrapped__  # type: ignore[attr-defined]
    assert made.registry["pay"].file.name == "pay.py"


LOST: dict[str, tuple[str, int, str]] = {
    "guard above": ("@guard\n@action\nasync def pay() -> str:\n    return 'paid'\n", 3, "Put @action or @page on top"),
    "plain above": ("@plain\n@action\nasync def pay() -> str:\n    return 'paid'\n", 3, "Put @action or @page on top"),
    "page": ("@plain\n@page\nasync def pay() -> Layout:\n    return Layout()\n", 3, "Put @action or @page on top"),
    "class": (
        "class Shop:\n    @staticmethod\n    @action\n    async def pay() -> str:\n        return 'paid'\n",
        4,
        "Shop.pay: declare it at the top of the file",
    ),
    "unassigned": (
        "def make():\n    @action\n    async def pay() -> str:\n        return 'paid'\n\n\nmake()\n",
        4,
        "isn't assigned to a module-level name",
    ),
}


@pytest.mark.parametrize("written", LOST)
def test_what_is_not_there_is_a_problem(project: Path, written: str) -> None:
    text, line, told = LOST[written]
    made = loaded(project, pay=HEAD + text)
    assert not made.registry
    assert not made.pages
    [problem] = made.problems
    assert (problem.file, problem.line) == ("actions/pay.py", line)
    assert told in problem.message


MISTAKES: dict[str, tuple[str, str]] = {
    "generator": ("@action\nasync def pay():\n    yield 1\n", "pay yields"),
    "sync": ("@action\ndef pay():\n    return 1\n", "write async def"),
    "partial": ("import functools\npay = action(functools.partial(print))\n", "not on a partial"),
    "positional": ("@action\nasync def pay(a: int, /):\n    pass\n", "a is positional-only"),
    "args": ("@action\nasync def pay(*names: str):\n    pass\n", "*names can't be a form field"),
    "kwargs": ("@action\nasync def pay(**names: str):\n    pass\n", "**names can't be a form field"),
    "underscore": ("@action\nasync def pay(_x: int):\n    pass\n", "_x can't be a form field"),
    "exit": ("import sys\nsys.exit(1)\n", "SystemExit: 1"),
    "interrupt": ("raise KeyboardInterrupt\n", "KeyboardInterrupt"),
    "generator exit": ("raise GeneratorExit\n", "GeneratorExit"),
    "group": ("raise BaseExceptionGroup('many', [SystemExit(3)])\n", "SystemExit: 3"),
    "surrogate": ("raise ValueError('caf\\udce9')\n", "caf"),
    "recursion": ("def f():\n    f()\n\n\nf()\n", "RecursionError"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_and_the_rest_runs(project: Path, mistake: str) -> None:
    text, told = MISTAKES[mistake]
    good = HEAD + "\n@action\nasync def good() -> str:\n    return 'good'\n"
    made = loaded(project, bad=HEAD + text, good=good)
    assert set(made.registry) == {"good"}
    [problem] = made.problems
    assert problem.file == "actions/bad.py"
    assert told in problem.message
    problem.message.encode()


@pytest.mark.parametrize("name", ["my.tool.py", "v1.2/tool.py", "2tool.py"])
def test_a_file_whose_name_cannot_be_imported_is_named(project: Path, name: str) -> None:
    file = project / "actions" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("")
    [problem] = load_project(project, forget=release_names).problems
    assert problem.file == f"actions/{name}"
    assert "can't be imported under this name" in problem.message


def test_helpers_beside_actions_are_read_again(project: Path) -> None:
    (project / "lib").mkdir()
    (project / "lib" / "prices.py").write_text("PRICE = 1\n")
    text = (
        HEAD + "from lib.prices import PRICE\n\n@action(title=f'Costs {PRICE}')\nasync def pay() -> None:\n    pass\n"
    )
    assert loaded(project, pay=text).registry["pay"].title == "Costs 1"
    (project / "lib" / "prices.py").write_text("PRICE = 2  # changed\n")
    assert load_project(project, forget=release_names).registry["pay"].title == "Costs 2"
