"""Pins every package that is installed, direct or not, as `constraint-dependencies` in pyproject.toml.

uv run python scripts/pin.py [--upgrade]
"""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
BLOCK = re.compile(r"constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)


def main() -> None:
    text = PROJECT.read_text()
    if "--upgrade" in sys.argv:
        PROJECT.write_text(BLOCK.sub("constraint-dependencies = [\n]\n", text))
    command = ["uv", "export", "--all-groups", "--no-hashes", "--no-emit-project", "--no-annotate", "--no-header"]
    command += ["--upgrade"] if "--upgrade" in sys.argv else []
    exported = subprocess.run(command, cwd=PROJECT.parent, capture_output=True, text=True, check=True).stdout
    pins = sorted({line.strip() for line in exported.splitlines() if "==" in line})
    block = "constraint-dependencies = [\n" + "".join(f'    "{pin}",\n' for pin in pins) + "]\n"
    PROJECT.write_text(BLOCK.sub(lambda _: block, text))
    print(f"{len(pins)} packages pinned")


if __name__ == "__main__":
    main()
