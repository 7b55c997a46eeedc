"""The package, as somebody else installs it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PROGRAM = """
import sys
from pathlib import Path
import restival
from restival.project import load_project
from restival.ui import install
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
