"""What all components share: how one is awaited, chained, checked and turned into a value."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypedDict, TypeVar, cast, overload

from pydantic import BaseModel, ConfigDict

from restival.access.assignment import Assignee
from restival.access.person import Person
from restival.i18n import t
from restival.io.core.call import CONTINUE, Choice, Errors, FieldSpec, InvalidAnswer, Json, Kind, Theme
from restival.io.core.runner import current_runner
from restival.io.core.waiting import RAISES, Terms, positive
from restival.io.core.whole_text import check_whole
from restival.isolation.boundary import guest_code

T = TypeVar("T")
V = TypeVar("V")
Validator = Callable[..., str | None | Awaitable[str | None]]
ChangeAnswer = Callable[[FieldSpec, Json], Json]
"""Returns what replaces the answer to a field."""


def required() -> str:
    """What is told where nothing was filled in."""
    return t("This field is required.")


class Props(BaseModel):
    """The part of a component that travels to the browser. A subclass declares its own and says what it accepts."""

    model_config = ConfigDict(extra="forbid")

    def check(self, answer: Json) -> Json:
        """The answer in its normal form. Raises InvalidAnswer with a message for the person."""
        return answer


class ChoiceOptions(TypedDict, total=False):
    """A choice as an action declares it: what is given back is `value`, or the label where there is none."""

    label: str
    value: str
    theme: Theme


class Chosen(NamedTuple, Generic[T]):
    """The result of a call with choices: the value of the button, and the value of the call."""

    choice: str
    return_value: T


class IOCall(ABC, Generic[T]):
    """Something that an action awaits: one component, or several as a group."""

    kind: ClassVar[Kind] = "form"
    choices: list[Choice] = [CONTINUE]
    """The buttons that send the form."""
    terms: Terms = Terms()
    """For whom it waits, and until when."""

    @abstractmethod
    def fields(self) -> list[tuple[str, "Component[Any]"]]:
        """The components by key, in the order in which they are drawn."""

    @abstractmethod
    def collect(self, values: dict[str, Any]) -> T:
        """What the await returns, from the fields' values by key."""

    def finish(self, values: dict[str, Any], choice: str) -> T:
        """What the await returns, from the fields' values by key and the button that was pressed."""
        return self.collect(values)

    def with_choices(self, choices: Sequence[str | ChoiceOptions]) -> "WithChoices[T]":
        """Replaces the Continue button with several buttons. The await returns (choice, value).

        Both are also available as `.choice` and `.return_value`.
        A display with choices waits until the user picks one.
        Raises ValueError if there are no choices, or if two have the same value.
        """
        return WithChoices(self, choices)

    def continue_button_options(self, *, label: str = CONTINUE.label, theme: Theme = CONTINUE.theme) -> Self:
        """Changes the label or the theme of the Continue button."""
        self.choices = [Choice(label=label, value=CONTINUE.value, theme=theme)]
        return self

    def assign(self, to: str | Person) -> Self:
        """Assigns the call to a person (a `Person` or an email), or to everyone with a role (its name).

        Nobody else can answer. In the app, assignees can reassign the question. Raises ValueError for an empty name.
        """
        self.terms = replace(self.terms, assignee=Assignee.of(to))
        return self

    @overload
    def timeout(self, after: float | timedelta) -> Self: ...

    @overload
    def timeout(self, after: float | timedelta, *, on_timeout: V) -> "IOCall[T | V]": ...

    def timeout(self, after: float | timedelta, *, on_timeout: Any = RAISES) -> Any:
        """Limits the wait to `after` (seconds or a timedelta). Restarts don't reset the time.

        After that time, the await raises TimedOut, or returns `on_timeout` if you set it.
        Raises ValueError unless the time is greater than 0.
        """
        self.terms = replace(self.terms, timeout=positive(after, "timeout"), on_timeout=on_timeout)
        return self

    def remind(self, every: float | timedelta) -> Self:
        """Sends a reminder each time this period (seconds or a timedelta) passes without an answer.

        It goes to the assignees. Without an assignee, it goes to the person who started the transaction.
        Raises ValueError unless the period is greater than 0.
        """
        self.terms = replace(self.terms, remind=positive(every, "remind"))
        return self

    async def problems(self, values: dict[str, Any], choice: str = "") -> Errors:
        """What the `.validate()` functions say against these values and the button that was pressed, by path; empty
        where nothing is wrong."""
        found: Errors = {}
        for key, component in self.fields():
            if message := await first_message(component.validators, values[key]):
                found[key] = message
        return found

    @property
    def has_validators(self) -> bool:
        """Whether `.validate()` was used on this call or on a field of it."""
        return any(component.validators for _, component in self.fields())

    @property
    def blocks(self) -> bool:
        """Whether somebody has to answer: displays alone don't block."""
        return any(component.answerable for _, component in self.fields())

    def __await__(self) -> Generator[Any, Any, T]:
        return cast(Generator[Any, Any, T], current_runner().perform(self).__await__())


class WithChoices(IOCall[Chosen[T]]):
    """A call that is sent by one of several buttons.

    `.optional()`, `.multiple()` and `.validate()` can come after it too; that function then gets choice and value.
    """

    def __init__(self, call: IOCall[T], choices: Sequence[str | ChoiceOptions]) -> None:
        if call.kind != "form":
            raise ValueError("io.confirm and io.confirm_identity have fixed buttons: use with_choices on other calls")
        self._call = call
        self.terms = call.terms
        self.validators: list[Validator] = []
        self.choices = [_choice(choice) for choice in choices]
        values = [choice.value for choice in self.choices]
        if not values or len(set(values)) < len(values):
            raise ValueError(f"with_choices({list(choices)!r}): pass at least one choice, each with a different value")

    def fields(self) -> list[tuple[str, "Component[Any]"]]:
        """The components of the call."""
        return self._call.fields()

    def optional(self, condition: bool = True) -> "WithChoices[T | None]":
        """Let the field be left empty, as before the choices."""
        cast(Any, self._call).optional(condition)
        return cast("WithChoices[T | None]", self)

    def multiple(self, **options: Any) -> "WithChoices[list[T]]":
        """Take several, as before the choices."""
        self._call = cast(Any, self._call).multiple(**options)
        return cast("WithChoices[list[T]]", self)

    def validate(self, validator: Callable[[Chosen[T]], str | None | Awaitable[str | None]]) -> Self:
        """Refuse what the function, sync or async, returns a message for; it gets the choice and the value."""
        self.validators.append(validator)
        return self

    def collect(self, values: dict[str, Any]) -> Chosen[T]:
        """The first choice and the call's value."""
        return self.finish(values, self.choices[0].value)

    def finish(self, values: dict[str, Any], choice: str) -> Chosen[T]:
        """The choice and the call's value."""
        return Chosen(choice, self._call.collect(values))

    async def problems(self, values: dict[str, Any], choice: str = "") -> Errors:
        """What the call's validators say, and if they say nothing, those that came after the choices."""
        found = await self._call.problems(values, choice)
        if not found and (message := await first_message(self.validators, self.finish(values, choice))):
            found["0" if isinstance(self._call, Component) else ""] = message
        return found

    @property
    def has_validators(self) -> bool:
        """Whether `.validate()` was used in the call or after its choices."""
        return bool(self.validators) or self._call.has_validators

    @property
    def blocks(self) -> bool:
        """A choice has to be made, also of displays."""
        return True


def _choice(choice: str | ChoiceOptions) -> Choice:
    if isinstance(choice, Mapping):
        label = str(choice["label"])
        return Choice(label=label, value=choice.get("value", label), theme=choice.get("theme", "primary"))
    return Choice(label=choice, value=choice)


BUILT_IN: dict[str, "type[Component[Any]]"] = {}
"""The components that come with Restival, by name. Each adds itself as soon as its class is made."""


class Component(IOCall[T]):
    """One field. A subclass names itself as the API does (`input.text`), declares its props and its value."""

    name: ClassVar[str]
    props_type: ClassVar[type[Props]]
    answerable: ClassVar[bool] = True
    secret: ClassVar[bool] = False
    """Whether answers are encrypted on their way to the action, and are kept nowhere else."""
    owned: list[Any] | None = None
    """The action's own objects that can be chosen (rows, options). They are recorded when the question is asked: an
    answer means what was shown, whatever the body sees when it runs again."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "name" in cls.__dict__:  # a base class has none, and a variant keeps its parent's
            BUILT_IN[cls.name] = cls

    def __init__(
        self,
        label: str,
        props: Props,
        *,
        help_text: str | None = None,
        default_value: Any = None,
        disabled: bool = False,
    ) -> None:
        self.label = label
        self.props = props
        self.help_text = help_text
        self.default_value = default_value
        self.disabled = bool(disabled)
        self.is_optional = False
        self.validators: list[Validator] = []

    def optional(self, condition: bool = True) -> "Component[T | None]":
        """Makes the field optional. An empty field returns None. With a false condition, it stays required."""
        self.is_optional = condition
        return cast("Component[T | None]", self)

    def validate(self, validator: Callable[[T], str | None | Awaitable[str | None]]) -> Self:
        """Rejects values for which the function, sync or async, returns a message. None accepts the value."""
        self.validators.append(validator)
        return self

    def fields(self) -> list[tuple[str, "Component[Any]"]]:
        """A component alone is a call of one field."""
        return [("0", self)]

    def collect(self, values: dict[str, Any]) -> T:
        """The field's value."""
        return cast(T, values["0"])

    def spec(self, key: str) -> FieldSpec:
        """The field as the browser sees it. Raises ValueError where the default can't be a value of the field."""
        return FieldSpec(
            key=key,
            component=self.name,
            label=self.label,
            help_text=self.help_text,
            optional=self.is_optional,
            disabled=self.disabled,
            props=self.props.model_dump(mode="json", exclude_defaults=True),
            value=None if self.default_value is None else self.dump(self.default_value),
        )

    def dump(self, value: Any) -> Json:
        """A value of the field as an answer: what the browser would send for it."""
        return value

    def resolve(self, answer: Json) -> Any:
        """The value for a checked answer that isn't empty. Raises InvalidAnswer where no value can be made of it."""
        return answer

    @property
    def needs_prefetch(self) -> bool:
        """Whether something is to be recorded before the field is shown."""
        return self.owned is not None

    async def prefetch(self) -> Any:
        """Returns the options to record before the field is shown."""
        return self.owned

    async def apply_prefetched(self, recorded: Any) -> None:
        """Take what was recorded before the field was shown, also on a replay."""
        self.owned = recorded
        self._forget_foreign_default()

    def _forget_foreign_default(self) -> None:
        """A default that the body sees now may not have been among what could be chosen when it was asked."""
        try:
            self.spec("")
        except ValueError:
            self.default_value = None

    @property
    def has_deferred(self) -> bool:
        """Whether something of a display is got after it was shown alone."""
        return False

    async def load_deferred(self, progress: Callable[[], None]) -> Json:
        """Get it, and give what is recorded of it; `progress` shows what is there so far."""
        raise NotImplementedError

    async def apply_deferred(self, recorded: Json) -> None:
        """Take what was recorded of it, also on a replay."""

    async def on_event(self, name: str, payload: Json) -> Any:
        """Run the action's code for something that happens in the open form; what comes of it is recorded.

        Raises InvalidAnswer where the field knows no such event or payload.
        """
        raise InvalidAnswer(t("{component} has no event {name}.", component=self.name, name=repr(name)))

    async def apply_event(self, name: str, recorded: Any) -> Json:
        """Takes the recorded result of an event, also on a replay. Returns the answer for the browser."""
        return recorded

    def path(self, location: Sequence[str | int]) -> list[str]:
        """Returns the path below the field for a location of pydantic's error."""
        return [str(part) for part in location]

    def matches_answers(self, answers: Mapping[str, Json]) -> bool:
        """Whether the field is still the one that belongs to these answers of its form."""
        return True

    def kept(self, answer: Json) -> Json:
        """Returns an answer, checked or not, as the transcript and the next attempt store it."""
        return answer

    def value_of(self, answer: Json) -> Any:
        """The value for a checked answer; None where it was left empty."""
        return None if answer is None else self.resolve(answer)

    @classmethod
    def inner_fields(cls, spec: FieldSpec) -> list[FieldSpec]:
        """The fields that a field of this component contains."""
        return []

    @classmethod
    def with_inner_answers(cls, spec: FieldSpec, answer: Json, change: ChangeAnswer) -> Json:
        """The answer to a field of this component, with the answers to the fields in it changed."""
        return answer


class Display(Component[None]):
    """A component that shows and doesn't ask."""

    answerable = False


def is_empty(answer: Json) -> bool:
    """Whether an answer means that nothing was entered."""
    return answer is None or answer == "" or answer == []


def check_field(spec: FieldSpec, props: Props, answer: Json) -> Json:
    """The normal form of an answer to one field. Raises InvalidAnswer."""
    if spec.disabled:
        return spec.value
    if is_empty(answer):
        if spec.optional:
            return None
        raise InvalidAnswer(required())
    if isinstance(answer, str):
        check_whole(answer)
    checked = props.check(answer)
    if isinstance(answer, (list, dict)):  # after the fields in it, which say where it is
        check_whole(checked)
    return checked


async def first_message(validators: list[Validator], value: Any) -> str | None:
    """The first message that one of the validators has against the value."""
    for validator in validators:
        with guest_code():
            outcome = validator(value)
            message = await outcome if inspect.isawaitable(outcome) else outcome
        if message:
            return str(message)
    return None
