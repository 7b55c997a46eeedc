"""The files of `components/`: loaded before the actions, and what is wrong with them is told."""

import os
from pathlib import Path

import pytest

from restival.site.project import load_project
from restival.ui.setup.component_scripts import release_names

STARS = """
from restival.components import Component

class Stars(Component[int]):
    max: int = 5
"""
ACTION = """
from components.stars import Stars
from restival import IO, action

@action
async def rate(io: IO) -> int:
    return await io.component(Stars("How?", max=3))
"""


@pytest.fixture
def folder(project: Path) -> Path:
    (project / "components").mkdir()
    (project / "components" / "stars.py").write_text(STARS)
    (project / "actions" / "rate.py").write_text(ACTION)
    return project


def test_actions_import_components(folder: Path) -> None:
    loaded = load_project(folder, forget=release_names)
    assert loaded.problems == ()
    assert list(loaded.components) == ["component.Stars"]
    assert list(loaded.registry) == ["rate"]


def test_what_is_broken_is_told_with_file_and_line_and_the_rest_runs(folder: Path) -> None:
    (folder / "components" / "broken.py").write_text(
        "from restival.components import Component\n\nraise RuntimeError('x')"
    )
    (folder / "components" / "syntax.py").write_text("class Half(\n")
    (folder / "components" / "taken.py").write_text(
        "from restival.components import Component\n\nclass Taken(Component[int]):\n    label: str\n"
    )
    (folder / "components" / "_part.py").write_text("raise RuntimeError")
    loaded = load_project(folder, forget=release_names)
    assert list(loaded.components) == ["component.Stars"]
    assert list(loaded.registry) == ["rate"]
    assert [str(problem) for problem in loaded.problems] == [
        "components/broken.py:3: RuntimeError: x",
        "components/syntax.py:1: syntax error: '(' was never closed",
        "components/taken.py:3: TypeError: Taken.label: the name is private or already used by every component",
    ]


def test_a_broken_file_is_told_once_however_many_import_it(folder: Path) -> None:
    (folder / "components" / "stars.py").write_text("def half(:\n")
    (folder / "components" / "also.py").write_text("from components.stars import Stars\n")
    loaded = load_project(folder, forget=release_names)
    assert [str(problem) for problem in loaded.problems] == ["components/stars.py:1: syntax error: invalid syntax"]
    assert not loaded.registry


def test_two_with_one_name_are_an_error_and_the_first_stays(folder: Path) -> None:
    (folder / "components" / "zwo.py").write_text("\n\n" + STARS)
    loaded = load_project(folder, forget=release_names)
    assert [str(problem) for problem in loaded.problems] == [
        "components/zwo.py:6: the name Stars is already used by the component in components/stars.py:4: rename one"
    ]
    assert loaded.components["component.Stars"].__module__ == "components.stars"


def test_one_that_is_imported_by_another_file_is_no_double(folder: Path) -> None:
    (folder / "components" / "more.py").write_text(
        "from components.stars import Stars\n\nclass More(Stars):\n    extra: bool = False\n"
    )
    loaded = load_project(folder, forget=release_names)
    assert loaded.problems == ()
    assert sorted(loaded.components) == ["component.More", "component.Stars"]


def test_a_script_that_has_changed_is_taken_again(folder: Path) -> None:
    script = folder / "components" / "bell.js"
    script.write_text("export default {};")
    (folder / "components" / "bell.py").write_text(
        "from nicegui.element import Element\n\nclass Bell(Element, component='bell.js'):\n    pass\n"
    )
    assert load_project(folder, forget=release_names).problems == ()
    os.utime(script, (1, 1))
    assert load_project(folder, forget=release_names).problems == ()


def test_loading_again_exchanges_them(folder: Path) -> None:
    before = load_project(folder, forget=release_names).components["component.Stars"]
    (folder / "components" / "stars.py").write_text(STARS.replace("= 5", "= 7"))
    after = load_project(folder, forget=release_names).components["component.Stars"]
    assert (before("x").max, after("x").max) == (5, 7)  # type: ignore[attr-defined]
    (folder / "components" / "stars.py").unlink()
    (folder / "actions" / "rate.py").unlink()
    assert load_project(folder, forget=release_names).components == {}
