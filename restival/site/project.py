"""A project folder: its actions, read as they are, and what is wrong with them."""

import importlib
import importlib.util
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from restival.actions.action import Action, DeclarationError, Registry
from restival.actions.declarations import Declaration, declared_by, lost, noting, of_the_same_name
from restival.io.core.registry import Declared
from restival.isolation.boundary import GuestError, guest_code, message_of, place_in, type_of
from restival.pages.page import Page
from restival.site.addresses import OWN
from restival.site.loaded_components import components_of, line_of

ACTIONS = "actions"
COMPONENTS = "components"
PACKAGES = (ACTIONS, COMPONENTS)
NOT_HELPERS = frozenset({"restival", "tests", "conftest", "app", "setup"})
Forget = Callable[[Collection[Path]], None]
"""Called with the folders of modules that are imported again."""


@dataclass(frozen=True)
class Problem:
    """Something that keeps an action from running; the rest runs. `file` is relative to the project."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Project:
    """A loaded project. Loading again makes a new one."""

    root: Path
    registry: Registry
    problems: tuple[Problem, ...]
    components: Declared = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    """The pages by slug."""

    def relative(self, file: Path) -> str:
        """A file's path inside the project, or the whole one where it lies elsewhere."""
        return _relative(self.root, file)


def load_project(root: Path, taken: Collection[str] = OWN, forget: Forget | None = None) -> Project:
    """Import all files of `components/` and `actions/` and collect what they declare.

    Folders are groups and parts of the address. What begins with _ or . isn't read, but can be imported. `taken` are
    the first parts of addresses that belong to the app.
    """
    root = root.resolve()
    forgotten = _forget(root)
    if forget is not None:
        forget(forgotten)
    problems: list[Problem] = []
    with _importable(root), noting() as noted:
        components = _components(root, problems)
        modules = _modules(root, problems)
    declared = _declared(root, modules, noted, problems)
    kept, doubles = _without_duplicates(root, declared, taken)
    told = tuple(dict.fromkeys((*problems, *doubles)))  # a broken file is imported by several
    actions = Registry([item for item in kept if isinstance(item, Action)])
    return Project(root, actions, told, components, _pages(kept))


def _modules(root: Path, problems: list[Problem]) -> dict[Path, ModuleType]:
    """The modules of the actions' files, by file."""
    modules = {}
    for file in _files(root / ACTIONS):
        try:
            modules[file] = _import(root, file)
        except Exception as error:
            problems.append(_problem(root, file, error))
    return modules


def _declared(
    root: Path, modules: Mapping[Path, ModuleType], noted: Sequence[Declaration], problems: list[Problem]
) -> list[Action | Page]:
    """What the modules declare, with the folder that each lies in. What was declared and isn't there is a problem."""
    read = {module.__name__: module for module in modules.values()}
    folders = {module.__name__: _group(root, file) for file, module in modules.items()}
    found = [(each, module.__name__) for module in modules.values() for each in declared_by(module, read)]
    there = {id(each) for each, _ in found}
    found += [(each, each.body.__module__) for each in noted if id(each) not in there and of_the_same_name(each, read)]
    for gone in lost(noted, [each for each, _ in found], read):
        where = gone.declaration
        if where.file.resolve().is_relative_to(root) and not _failed(root, where.file, problems):
            problems.append(Problem(_relative(root, where.file), where.line, gone.message))
    unique = {id(each): (each, name) for each, name in found}
    return [each.inside(folders[name]) for each, name in unique.values()]


def _group(root: Path, file: Path) -> str:
    return file.parent.relative_to(root / ACTIONS).as_posix().strip(".")


def _failed(root: Path, file: Path, problems: Sequence[Problem]) -> bool:
    """Whether there is a problem with the file already: what it declares isn't there because of that."""
    return any(problem.file == _relative(root, file) for problem in problems)


def _pages(items: Sequence[Action | Page]) -> dict[str, Page]:
    """The pages by slug; those that have the address of a folder stand for it."""
    folders = {folder for item in items for folder in _folders(item.group)}
    pages = (item for item in items if isinstance(item, Page))
    return {each.slug: replace(each, is_index=each.is_index or each.slug in folders) for each in pages}


def _folders(group: str) -> Iterator[str]:
    while group:
        yield group
        group = group.rpartition("/")[0]


def _components(root: Path, problems: list[Problem]) -> Declared:
    """The project's components by name; of two with one name, the first."""
    found: dict[str, Any] = {}
    for file in _files(root / COMPONENTS):
        try:
            offered = components_of(_import(root, file))
        except Exception as error:
            problems.append(_problem(root, file, error))
            continue
        for component in offered:
            first = found.setdefault(component.name, component)
            if first is not component:
                problems.append(_same_name(root, first, component))
    return found


def _same_name(root: Path, first: Any, second: Any) -> Problem:
    (file, line), (other, other_line) = line_of(second), line_of(first)
    where = f"{_relative(root, Path(other))}:{other_line}"
    message = f"the name {second.__name__} is already used by the component in {where}: rename one"
    return Problem(_relative(root, Path(file)), line, message)


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if entry.name.startswith(("_", ".")) and entry.name != "__init__.py":
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.suffix == ".py":
            yield entry


def _import(root: Path, file: Path) -> ModuleType:
    parts = file.relative_to(root).with_suffix("").parts
    if wrong := next((part for part in parts if not part.isidentifier()), None):
        raise ImportError(f"{wrong} can't be imported under this name: use letters, digits and _ only")
    with guest_code():
        return importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def _forget(root: Path) -> set[Path]:
    """Let the project's modules be imported again, also helpers beside actions/. Gives their folders."""
    packages = {*PACKAGES, *_helpers(root)}
    forgotten = [sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] in packages]
    importlib.invalidate_caches()
    return {Path(module.__file__).parent for module in forgotten if module.__file__}


def _helpers(root: Path) -> Iterator[str]:
    """The names of the modules and packages at the top of the project, but for those that run it or test it."""
    for entry in root.iterdir() if root.is_dir() else ():
        is_package = entry.is_dir() and next(entry.glob("*.py"), None) is not None
        if (is_package or entry.suffix == ".py") and entry.stem not in NOT_HELPERS:
            yield entry.stem


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    """The project's own folders come first while it is loaded, and stay importable for imports in functions."""
    entry = str(root)
    if entry in sys.path:
        sys.path.remove(entry)
    sys.path.insert(0, entry)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = writes


def _problem(root: Path, file: Path, error: BaseException) -> Problem:
    if isinstance(error, GuestError) and error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, SyntaxError) and error.filename:
        return Problem(_relative(root, Path(error.filename)), error.lineno or 1, f"syntax error: {error.msg}")
    if isinstance(error, DeclarationError):
        return Problem(_relative(root, error.file), error.line, error.message)
    place, line = place_in(error, root) or (file, 1)
    return Problem(_relative(root, place), line, f"{type_of(error)}: {message_of(error)}")


def _relative(root: Path, file: Path) -> str:
    resolved = file.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(file)


def _without_duplicates(
    root: Path, declared: Sequence[Action | Page], taken: Collection[str]
) -> tuple[list[Action | Page], list[Problem]]:
    first: dict[str, Action | Page] = {}
    problems = []
    for item in declared:
        if item.slug.partition("/")[0] in taken or not item.slug:
            message = f"the address {item.slug or '/'} is reserved for the app: rename it, or give it another slug"
            problems.append(Problem(_relative(root, item.file), item.line, message))
            continue
        other = first.setdefault(item.slug, item)
        if other is not item:
            where = f"{_relative(root, other.file)}:{other.line}"
            message = f"the address {item.slug} is taken by {where}: rename one, or give it another slug"
            problems.append(Problem(_relative(root, item.file), item.line, message))
    return list(first.values()), problems
