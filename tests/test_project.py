"""Projects are read as they are; what is broken is told and the rest runs."""

from pathlib import Path

from restival.site.project import load_project
from restival.ui.setup.component_scripts import release_names

GOOD = """
from restival import IO, action

@action
async def hello(io: IO) -> str:
    return await io.input.text("Name")
"""


def write(project: Path, **files: str) -> None:
    for name, content in files.items():
        file = project / "actions" / f"{name.replace('__', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)


def test_folders_are_groups_and_addresses(project: Path) -> None:
    write(project, top=GOOD, office__papers__one=GOOD, _helper="raise RuntimeError", office___also="raise RuntimeError")
    loaded = load_project(project, forget=release_names)
    assert sorted(loaded.registry) == ["hello", "office/papers/hello"]
    assert loaded.registry["office/papers/hello"].group == "office/papers"
    assert loaded.problems == ()


def test_helper_modules_can_be_imported(project: Path) -> None:
    write(project, _words="WORD = 'hi'", hello="from actions._words import WORD\n" + GOOD.replace('"Name"', "WORD"))
    assert list(load_project(project, forget=release_names).registry) == ["hello"]


def test_each_problem_names_file_and_line_and_the_rest_runs(project: Path) -> None:
    write(
        project,
        good=GOOD,
        syntax="x = 1\ndef broken(:\n",
        missing="import nothing_like_this\n",
        untyped="from restival import action\n\n@action\nasync def f(x):\n    pass\n",
        other=GOOD,
    )
    loaded = load_project(project, forget=release_names)
    assert list(loaded.registry) == ["hello"]
    told = [str(problem) for problem in loaded.problems]
    assert told == [
        "actions/missing.py:1: ModuleNotFoundError: No module named 'nothing_like_this'",
        "actions/syntax.py:2: syntax error: invalid syntax",
        "actions/untyped.py:3: f: parameter x needs a type, such as x: str",
        "actions/other.py:4: the address hello is taken by actions/good.py:4: rename one, or give it another slug",
    ]


def test_loading_again_takes_the_new_code(project: Path) -> None:
    write(project, _part="TITLE = 'Old'", hello="from actions._part import TITLE\n" + GOOD)
    assert load_project(project, forget=release_names).registry["hello"].title == "Hello"
    write(project, _part="TITLE = 'New'")
    write(project, hello="from actions._part import TITLE\n" + GOOD.replace("@action", "@action(title=TITLE)"))
    assert load_project(project, forget=release_names).registry["hello"].title == "New"


def test_a_folder_without_actions_is_empty(tmp_path: Path) -> None:
    assert not load_project(tmp_path, forget=release_names).registry
