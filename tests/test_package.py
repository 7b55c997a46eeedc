"""The package, as somebody else installs it."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PROGRAM = """
import sys
from pathlib import Path
import restival
from restival.site.project import load_project
from restival.ui.setup import install
assert Path(restival.__file__).is_relative_to(sys.argv[1]), restival.__file__
assert list(load_project(Path(sys.argv[2])).registry) == ["hello"]
assert (install.STATIC / "restival.css").exists()
"""


@pytest.mark.timeout(300)
def test_the_wheel_runs_a_project_in_an_empty_environment(project: Path) -> None:
    subprocess.run(["uv", "build", "--quiet", "--out-dir", str(project / "dist")], cwd=ROOT, check=True)
    [wheel] = (project / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "restival/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "actions/", "bench/"))]
    environment = project / "environment"
    python = environment / "bin" / "python"
    subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, str(environment)], check=True)
    subprocess.run(["uv", "pip", "install", "--quiet", "--python", str(python), str(wheel)], check=True)
    (project / "actions" / "hello.py").write_text(
        "from restival import IO, action\n\n@action\nasync def hello(io: IO) -> str:\n    return 'x'\n"
    )
    subprocess.run([python, "-c", PROGRAM, str(environment), str(project)], check=True, cwd=project)
    told = subprocess.run(
        [environment / "bin" / "restival", "run", "--help"], capture_output=True, text=True, check=True
    )
    assert "--reload" in told.stdout


BROUGHT = {"pydantic-core", "numpy"}
"""What pydantic brings in the one version that it works with, and what only projects have that use it."""


def imported() -> Iterator[str]:
    """The names of the packages that the app imports."""
    for path in (ROOT / "restival").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def test_whatever_is_imported_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {normalised(re.split("[<>=;]", each)[0]) for each in declared}
    sources = packages_distributions()
    others = set(imported()) - sys.stdlib_module_names - {"restival"}
    needed = {normalised(source) for name in others for source in sources[name]}
    assert needed - names <= BROUGHT
    assert "zttp==0.0.35" in declared  # alpha: no other version was tried


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
