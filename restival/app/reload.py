"""Takes changes of the project's files while it is served."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from watchfiles import awatch

from restival.auth.audit import Audit
from restival.isolation.thread_pools import IMPORTS
from restival.settings import FILE, Settings, SettingsError
from restival.settings.changes import changes
from restival.settings.load import check_reach
from restival.site.project import PACKAGES, load_project
from restival.site.site import Site, Sites
from restival.ui.screens import TAKEN
from restival.ui.setup.component_scripts import release_names

CODE = (".py", ".js", ".vue")
AT_START = ("host", "port", "data", "reload", "engine", "proxies", "retention", "inactivity", "answer_bytes", "storage")
"""Settings that hold from the start to the end of a run."""
DEBOUNCE_MS, STEP_MS = 200, 50


class Reloader:
    """Follows the files of a project, and puts another site where they have changed."""

    def __init__(self, root: Path, sites: Sites, load: Callable[[], Settings], out: Console, audit: Audit) -> None:
        self._root = root
        self._sites = sites
        self._load = load
        self._out = out
        self._audit = audit

    async def follow_settings(self) -> None:
        """Take each change of restival.yaml; one that can't be used leaves the last good settings and is told."""
        async for found in awatch(self._root, recursive=False, debounce=DEBOUNCE_MS, step=STEP_MS):
            if any(Path(path).name == FILE for _, path in found):
                self._sites.put(self._changed())

    async def follow_code(self, renew: Callable[[], Awaitable[None]]) -> None:
        """Load actions and components again when they change, then have the engine serve them by `renew`."""
        folders = [self._root / name for name in PACKAGES if (self._root / name).is_dir()]
        if not folders:
            return
        async for found in awatch(*folders, debounce=DEBOUNCE_MS, step=STEP_MS):
            if any(path.endswith(CODE) for _, path in found):
                project = await IMPORTS.run(load_project, self._root, TAKEN, release_names)
                self._sites.put(replace(self._sites.now, project=project))
                await renew()
                print_problems(self._out, self._sites.now)
                self._out.print(f"  Reloaded {len(self._sites.now.registry)} actions")

    def _changed(self) -> Site:
        site = self._sites.now
        try:
            loaded = self._load()
            kept = {name: getattr(site.settings, name) for name in AT_START}
            settings = loaded.model_copy(update=kept)
            check_reach(settings)  # the host in the file may be for this machine only, unlike that of this run
        except SettingsError as error:
            self._out.print(f"{error}\n  The previous settings are still in use.", style="yellow", markup=False)
            return replace(site, broken=str(error))
        waiting = [name for name, value in kept.items() if getattr(loaded, name) != value]
        if waiting:
            self._out.print(f"  {FILE}: {', '.join(waiting)} will hold from the next start on.", style="yellow")
        if told := changes(site.settings, settings):
            self._audit.write("settings changed", FILE, what=told)
        return replace(site, settings=settings, broken=None)


def print_problems(out: Console, site: Site) -> None:
    """Tell what can't be loaded of the project."""
    for problem in site.problems:
        out.print(f"  {problem}", style="yellow", markup=False)
