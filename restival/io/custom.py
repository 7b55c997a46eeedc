"""Components that a project declares: props, value and drawing in one class."""

import inspect
import json
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast, dataclass_transform, get_args, get_origin

from pydantic import Field, TypeAdapter, ValidationError, create_model

from restival.i18n import t
from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.core.component import Component, Props
from restival.io.core.open_field import OpenField
from restival.io.core.pydantic_errors import errors_by_path
from restival.io.core.registry import declared

T = TypeVar("T")


class CustomProps(Props):
    """The props of a declared component; made of its annotated attributes."""

    component: ClassVar["type[CustomComponent[Any]]"]

    def check(self, answer: Json) -> Json:
        """A value of the component's type that the component accepts."""
        made = self.component.with_props(self)
        return made.dump(made.check(made.resolve(answer)))


def _positional(*, kw_only: bool) -> Any:
    """Tells type checkers that the label is given by position."""


@dataclass_transform(kw_only_default=True, field_specifiers=(Field, _positional))
class _Declarative:
    """Tells type checkers which keywords a declared component takes."""


class CustomComponent(_Declarative, Component[T]):
    """A component of your project: one class in a file in `components/`.

    `Component[int]` sets the type of the value, which can be any type that pydantic reads from JSON.
    Annotated attributes are the component's keywords.
    They are sent to the browser and are available in `draw` and `check`.
    `Component[None]` shows something and has no answer.

    Raises TypeError if the class isn't a valid component.
    """

    props_type: ClassVar[type[Props]] = CustomProps
    role: ClassVar[str] = "group"
    """The ARIA role of the element around what `draw` makes; it is named by the label."""
    css: ClassVar[str] = ""
    """Styles for what `draw` and `show` make."""
    adapter: ClassVar[TypeAdapter[Any]]
    """Checks values of the component's type and writes them as JSON."""

    if TYPE_CHECKING:
        label: str = _positional(kw_only=False)
        help_text: str | None = None
        default_value: T | None = None
        disabled: bool = False

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        default_value: T | None = None,
        disabled: bool = False,
        **props: Any,
    ) -> None:
        made = self.props_type(**props)
        super().__init__(label, made, help_text=help_text, default_value=default_value, disabled=disabled)
        self._take_props(made)

    def __init_subclass__(cls, **options: Any) -> None:
        super(Component, cls).__init_subclass__(**options)  # past the registry of those that come with Restival
        cls.name = f"component.{cls.__name__}"
        if inspect.iscoroutinefunction(cls.draw):
            raise TypeError(f"{cls.__name__}.draw must be a plain function, not async")
        cls._declare_props()
        for base in cls.__dict__.get("__orig_bases__", ()):
            origin = get_origin(base)
            if isinstance(origin, type) and issubclass(origin, CustomComponent):
                cls._declare_value(get_args(base)[0])

    @classmethod
    def _declare_props(cls) -> None:
        """Make the props model of the annotated attributes. They leave the class: an instance has their values."""
        hints = inspect.get_annotations(cls, eval_str=True)
        own = {key: hint for key, hint in hints.items() if ClassVar not in (hint, get_origin(hint))}
        for key in own:
            if key in OWN or key.startswith("_"):
                raise TypeError(f"{cls.__name__}.{key}: the name is private or already used by every component")
        fields: dict[str, Any] = {key: (hint, cls.__dict__.get(key, ...)) for key, hint in own.items()}
        make: Any = create_model  # the type checker would see a class here whose base it can't know
        props = make(f"{cls.__name__}Props", __base__=cls.props_type, __module__=cls.__module__, **fields)
        props.component = cls
        for key in own.keys() & cls.__dict__.keys():
            delattr(cls, key)
        cls.props_type = props

    @classmethod
    def _declare_value(cls, value_type: Any) -> None:
        if isinstance(value_type, TypeVar):
            return
        cls.answerable = value_type not in (None, type(None))
        cls.adapter = TypeAdapter(value_type)

    def draw(self, field: OpenField[T]) -> None:
        """Draws the control with NiceGUI, filled with `field.value`, and calls `field.change(value)` after each change.

        Restival draws the label, the help text, and the message below the field.
        """
        raise NotImplementedError(f"{type(self).__name__} has no draw(self, field)")

    def check(self, value: T) -> T:
        """Returns the value in its normal form. Raises InvalidAnswer with a message for the user, or messages by path.

        It runs in the page and again in the workflow, so it must depend only on the value and the keywords.
        """
        return value

    def words(self, value: T) -> str:
        """Returns the answer as text for the transcript. Restival escapes it."""
        written = self.dump(value)
        return str(written) if isinstance(written, (str, int, float)) else json.dumps(written, ensure_ascii=False)

    def show(self, value: T) -> None:
        """Draws the answer read-only, if `words` isn't enough."""
        raise NotImplementedError(f"{type(self).__name__} has no show(self, value)")

    @classmethod
    def is_shown(cls) -> bool:
        """Whether `show` draws the answers."""
        return cls.show is not CustomComponent.show

    @classmethod
    def with_props(cls, props: Props, label: str = "", *, disabled: bool = False) -> Self:
        """The component with these props, however the class is called."""
        made = cls.__new__(cls)
        Component.__init__(made, label, props, disabled=disabled)
        made._take_props(props)
        return made

    @classmethod
    def of(cls, spec: FieldSpec) -> Self:
        """The component of a field, for drawing it. Raises ValueError where the props aren't its own (any more)."""
        made = cls.with_props(cls.props_type.model_validate(spec.props), spec.label, disabled=spec.disabled)
        made.help_text, made.is_optional = spec.help_text, spec.optional
        return made

    def spec(self, key: str) -> FieldSpec:
        """The field as the browser sees it. Raises ValueError for a class that no file of `components/` declares."""
        if self.name not in declared():
            raise ValueError(f"{type(self).__name__} isn't declared: put it in a file in components/")
        try:
            return super().spec(key)
        except ValidationError as error:
            raise ValueError(f"{self.label!r}: invalid default {self.default_value!r}: {error}") from None

    def dump(self, value: T) -> Json:
        """The value as JSON."""
        return self.adapter.dump_python(self.adapter.validate_python(value), mode="json")

    def resolve(self, answer: Json) -> T:
        """Returns the value of an answer. Raises InvalidAnswer."""
        try:
            return cast(T, self.adapter.validate_json(json.dumps(answer, allow_nan=False), strict=True))
        except ValidationError as error:
            raise InvalidAnswer(errors_by_path(error.errors())) from None
        except ValueError:
            raise InvalidAnswer(t("Enter a finite number.")) from None

    def _take_props(self, props: Props) -> None:
        for key in type(props).model_fields:
            setattr(self, key, getattr(props, key))


OWN = (
    frozenset(dir(CustomComponent))
    | {"name", "label", "props", "help_text", "default_value", "disabled"}
    | {
        *("is_optional", "validators", "adapter"),
    }
)
"""Names that a declared component can't give to its keywords."""


def component(asked: CustomComponent[T]) -> Component[T]:
    """A question with a component of your project: `await io.component(Rating("How was it?", max=5))`.

    Like every component, you can use it in groups and call `.optional()` and `.validate()` on it.
    """
    return asked
