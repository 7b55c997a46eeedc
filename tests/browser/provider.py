"""A real OpenID provider, as a process: npm's `oidc-provider`, which is installed once into the user's cache."""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import platformdirs
import pytest

VERSION = "9.13.3"
SCRIPT = Path(__file__).parent / "provider.mjs"


def provider_package() -> Path:
    """The folder with the package; skips the test where it can't be had."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("no npm and node on PATH, by which the OpenID provider of the tests runs")
    folder = platformdirs.user_cache_path("restival") / f"oidc-provider-{VERSION}"
    if not (folder / "node_modules").is_dir():
        making = folder.with_name(f"{folder.name}.{os.getpid()}")
        making.mkdir(parents=True, exist_ok=True)
        (making / "package.json").write_text('{"private": true}')
        command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", f"oidc-provider@{VERSION}"]
        done = subprocess.run(command, cwd=making, capture_output=True, text=True)
        if done.returncode:
            shutil.rmtree(making)
            pytest.skip(f"npm can't install the OpenID provider of the tests: {done.stderr[-300:]}")
        try:
            making.rename(folder)
        except OSError:  # another run was first
            shutil.rmtree(making)
    return folder


class Provider:
    """The provider for an app, on a port of its own; started again after a stop, it knows nobody."""

    def __init__(self, package: Path, port: int, app: str, log: Path) -> None:
        self.issuer = f"http://localhost:{port}"
        self._mails = log.with_name("mails.json")
        self.rename({})
        self._command = ["node", str(SCRIPT), str(package), str(port), app, str(self._mails)]
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("w") as out:
            self._process = subprocess.Popen(self._command, stdout=out, stderr=out)
        end = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < end and self._process.poll() is None, self._log.read_text()
            time.sleep(0.05)

    def rename(self, mails: dict[str, str]) -> None:
        """Have accounts tell other mails than those that they are typed by."""
        self._mails.write_text(json.dumps(mails))

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.issuer}/.well-known/openid-configuration", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False
