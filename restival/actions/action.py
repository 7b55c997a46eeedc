"""`@action` and what it declares."""

import inspect
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Self, TypeVar, Unpack, get_args, get_type_hints, overload

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from restival.actions.context import Context, Priority
from restival.actions.declarations import Listing, mark
from restival.actions.schedule import Overlap, Schedule, Scheduling, schedules_of
from restival.errors import RestivalError
from restival.io.api import IO
from restival.io.core.secret_answers import has_secret
from restival.io.model.form import ModelForm
from restival.io.model.type_mapping import UnsupportedType, model_components
from restival.isolation.boundary import guest_code

Body = Callable[..., Coroutine[Any, Any, Any]]
F = TypeVar("F", bound=Body)

OnError = Literal["fail", "pause"]

PASSED_BY_ANNOTATION: Mapping[type, str] = {IO: "io", Context: "ctx"}


class DeclarationError(RestivalError):
    """An action that can't be declared so; says where (`file`, `line`) and what to write."""

    def __init__(self, message: str, file: Path, line: int) -> None:
        self.message, self.file, self.line = message, file, line
        super().__init__(f"{file}:{line}: {message}")


class Params(BaseModel):
    """The parameters of an action or a page. Their types may have validators of the authors'."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def model_validate(cls, obj: Any, *args: Any, **options: Any) -> Self:
        """The parameters. Raises pydantic's ValidationError, what a validator raises, and GuestError."""
        with guest_code():
            return super().model_validate(obj, *args, **options)


@dataclass(frozen=True)
class Action:
    """A declared action. `slug` is its address and name; `group` is the folder it lies in, "" at the top."""

    slug: str
    title: str
    description: str
    roles: tuple[str, ...]
    icon: str | None
    unlisted: bool
    body: Body
    injected: Mapping[str, str]
    """Parameters that get `io` or `ctx`, by parameter name."""
    params: type[BaseModel]
    """The other parameters as a model; without fields where the action has none."""
    file: Path
    line: int
    schedules: tuple[Schedule, ...] = ()
    backgroundable: bool = True
    """Whether nobody has to stay with it: a page that is closed before the end isn't warned about."""
    on_error: OnError = "fail"
    """Whether an exception of its body ends a transaction, or parks it until the code is mended."""
    priority: Priority = "normal"
    """The priority of its transactions, unless their start has another."""

    @property
    def group(self) -> str:
        """The folder of the action, "" at the top."""
        return self.slug.rpartition("/")[0]

    @property
    def service(self) -> str:
        """The name of the action's Restate service."""
        return self.slug.replace("/", ".")

    @property
    def has_params(self) -> bool:
        """Whether the action has a start form."""
        return bool(self.params.model_fields)

    def start_form(self) -> ModelForm[BaseModel]:
        """The component that asks for the parameters."""
        return ModelForm(self.params)

    def inside(self, group: str) -> "Action":
        """The same action, lying in that folder."""
        return replace(self, slug=f"{group}/{self.slug}" if group else self.slug)


class ActionOptions(Listing, total=False):
    """Keywords of `@action`."""

    schedule: Scheduling | None
    timezone: str | None
    run_as: str | None
    overlap: Overlap | None
    backgroundable: bool
    on_error: OnError
    priority: Priority


class Registry(Mapping[str, Action]):
    """The actions of a project by slug. Made afresh on each load; never changed after."""

    def __init__(self, actions: Sequence[Action] = ()) -> None:
        self._actions = {action.slug: action for action in actions}

    def __getitem__(self, slug: str) -> Action:
        return self._actions[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def __len__(self) -> int:
        return len(self._actions)


@overload
def action(body: F) -> F: ...


@overload
def action(**options: Unpack[ActionOptions]) -> Callable[[F], F]: ...


def action(
    body: F | None = None,
    *,
    title: str | None = None,
    name: str | None = None,
    description: str | None = None,
    roles: Sequence[str] = (),
    icon: str | None = None,
    slug: str | None = None,
    unlisted: bool = False,
    schedule: Scheduling | None = None,
    timezone: str | None = None,
    run_as: str | None = None,
    overlap: Overlap | None = None,
    backgroundable: bool = True,
    on_error: OnError = "fail",
    priority: Priority = "normal",
) -> F | Callable[[F], F]:
    """Declares an async function as an action.

    `title` (or `name`) and `description` default to the function's name and docstring. `icon` is the name of a
    Material icon. `unlisted` actions have a page but aren't listed. `schedule` is a cron expression, a Schedule, or
    several of these. `timezone`, `run_as`, and `overlap` are the defaults of all its schedules. Every transaction
    continues without its page. With `backgroundable=False`, the browser asks before the user leaves it.

    An exception ends the transaction as failed. With `on_error="pause"` the transaction waits instead, and resumes
    with all answers and completed steps when you deploy a fix.

    Inboxes list transactions with a higher `priority` first.

    Raises DeclarationError for a function that isn't async, a parameter without a type, a type that has no field, an
    invalid schedule, and an unknown priority.
    """

    def declare(function: F) -> F:
        declared = _declared(function, slug, title or name, description, tuple(roles), icon, unlisted)
        schedules = _scheduled(declared, schedule, timezone, run_as, overlap)
        _check_priority(declared, priority)
        told = replace(
            declared, schedules=schedules, backgroundable=backgroundable, on_error=on_error, priority=priority
        )
        mark(function, told)
        return function

    return declare if body is None else declare(body)


def _declared(
    function: Body,
    slug: str | None,
    title: str | None,
    description: str | None,
    roles: tuple[str, ...],
    icon: str | None,
    unlisted: bool,
) -> Action:
    file, line = place_of(function, "@action")
    if inspect.isasyncgenfunction(function):
        raise DeclarationError(f"{function.__name__} yields: show values with io.display, and return once", file, line)
    if not inspect.iscoroutinefunction(function):
        raise DeclarationError(f"{function.__name__} must be an async function: write async def", file, line)
    injected, params = parameters(function, PASSED_BY_ANNOTATION, file, line)
    return Action(
        slug=slug or function.__name__.replace("_", "-"),
        title=title or function.__name__.replace("_", " ").strip().capitalize(),
        description=description if description is not None else inspect.getdoc(function) or "",
        roles=roles,
        icon=icon,
        unlisted=unlisted,
        body=function,
        injected=injected,
        params=params,
        file=file,
        line=line,
    )


def _check_priority(declared: Action, priority: str) -> None:
    if priority not in get_args(Priority):
        message = f"{declared.body.__name__}: priority: choose low, normal, high, or urgent, not {priority!r}"
        raise DeclarationError(message, declared.file, declared.line)


def _scheduled(
    declared: Action, given: Scheduling | None, timezone: str | None, run_as: str | None, overlap: Overlap | None
) -> tuple[Schedule, ...]:
    try:
        schedules = schedules_of(given, timezone, run_as, overlap)
        for each in schedules:
            check_params(declared, each.params)
    except (ValueError, TypeError) as error:
        message = f"{declared.body.__name__}: schedule: {error}"
        raise DeclarationError(message, declared.file, declared.line) from None
    return schedules


def check_params(action: Action, params: Mapping[str, Any]) -> BaseModel:
    """The parameters as the action takes them. Raises ValueError with what is wrong with them."""
    try:
        return action.params.model_validate(dict(params))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {_of_param(each)}" for each in error.errors())
        raise ValueError(f"invalid params: {wrong}") from None


def _of_param(error: Any) -> str:
    match error["type"]:
        case "missing":
            return "required, because a schedule has no one to ask"
        case "extra_forbidden":
            return "unknown parameter"
        case _:
            return str(error["msg"])


def place_of(function: Any, decorator: str) -> tuple[Path, int]:
    """The file and line in which a function is written. Raises TypeError for what is no function."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None:
        kind = type(function).__qualname__
        raise TypeError(f"put {decorator} on a function written with def, not on a {kind}")
    return Path(code.co_filename), code.co_firstlineno


def _refuse_kind(function: Callable[..., Any], parameter: inspect.Parameter, file: Path, line: int) -> None:
    """Raises DeclarationError for a parameter that no field can fill."""
    kinds: dict[Any, str] = {
        parameter.POSITIONAL_ONLY: f"{parameter.name} is positional-only: move the / before it, or remove the /",
        parameter.VAR_POSITIONAL: f"*{parameter.name} can't be a form field: write {parameter.name}: list[…]",
        parameter.VAR_KEYWORD: f"**{parameter.name} can't be a form field: name each parameter",
    }
    wrong = kinds.get(parameter.kind)
    if wrong is None and parameter.name.startswith("_"):
        wrong = f"{parameter.name} can't be a form field: start the name with a letter"
    if wrong is not None:
        raise DeclarationError(f"{function.__name__}: {wrong}", file, line)


def parameters(
    function: Callable[..., Any], passed: Mapping[type, str], file: Path, line: int
) -> tuple[dict[str, str], type[BaseModel]]:
    """What a function gets by its annotations, by parameter name, and its other parameters as a model.

    Raises DeclarationError for a parameter without a type, and for a type that no field asks for.
    """
    try:
        hints = get_type_hints(function, include_extras=True)
    except NameError as error:
        raise DeclarationError(f"{function.__name__}: {error}", file, line) from None
    injected: dict[str, str] = {}
    asked: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        _refuse_kind(function, parameter, file, line)
        if name not in hints:
            raise DeclarationError(
                f"{function.__name__}: parameter {name} needs a type, such as {name}: str", file, line
            )
        if hints[name] in passed:
            injected[name] = passed[hints[name]]
            continue
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        asked[name] = (hints[name], default)
    params = create_model(f"{function.__name__}_params", __base__=Params, **asked)
    try:
        components = model_components(params)
        for name, component in components.items():
            if has_secret(component.spec(name)):
                raise ValueError(f"{name} is a secret, but start parameters are stored: use io.input.password")
    except (UnsupportedType, ValueError) as error:
        raise DeclarationError(f"{function.__name__}: parameter {error}", file, line) from None
    return injected, params
