"""Components register themselves, and answers within answers are found through them."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from restival.components import Component as OwnComponent
from restival.io.api import IO
from restival.io.core.call import FieldSpec
from restival.io.core.component import BUILT_IN, Component, Props
from restival.io.core.registry import component_of, props_of
from restival.io.core.traverse import changed, every, fields_within

io = IO()


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    name: str


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    name: int


class Owner(BaseModel):
    title: str
    first: Annotated[Cat | Dog, Field(discriminator="kind")]
    more: list[Cat]


def is_text(spec: FieldSpec) -> bool:
    return spec.component == "input.text"


def test_a_component_that_names_itself_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    registered: dict[str, type[Component[Any]]] = {}
    monkeypatch.setattr("restival.io.core.component.BUILT_IN", registered)

    class Base(Component[str]):
        props_type = Props

    class Named(Base):
        name = "input.made_up"

    class Variant(Named):
        """Travels under its parent's name."""

    from restival.io.core import component

    assert {"input.made_up": Named} == component.BUILT_IN


def test_no_component_of_a_project_is_built_in() -> None:
    before = dict(BUILT_IN)

    class Sly(OwnComponent[str]):
        name = "input.text"

    assert before == BUILT_IN
    assert Sly.name == "component.Sly"
    assert component_of(FieldSpec(key="0", component="component.Sly", label="")) is None


def test_answers_are_found_in_records_lists_and_variants() -> None:
    spec = io.form(Owner).spec("0")
    answer: dict[str, Any] = {
        "title": "T",
        "first": {"kind": "dog", "name": 7},
        "more": [{"kind": "cat", "name": "A"}, {"kind": "cat", "name": "B"}],
    }
    assert every([spec], {"0": answer}, is_text) == ["T", "A", "B"]  # a dog's name is a number
    upper = changed([spec], {"0": answer, "other": 1}, is_text, str.lower)
    assert upper["0"]["more"] == [{"kind": "cat", "name": "a"}, {"kind": "cat", "name": "b"}]
    assert upper["0"]["first"] == {"kind": "dog", "name": 7}
    assert upper["other"] == 1
    assert [each.key for each in fields_within(spec) if is_text(each)].count("name") == 2


@pytest.mark.parametrize(
    "answer", [3, "x", [None], {"first": 4, "more": {}, "title": None}, {"first": {"kind": "cow"}}]
)
def test_answers_of_the_wrong_shape_stay_as_they_are(answer: Any) -> None:
    spec = io.form(Owner).spec("0")
    assert changed([spec], {"0": answer}, is_text, str.upper) == {"0": answer}


def test_props_have_the_type_of_their_component() -> None:
    for component in (io.input.text("A"), io.form(Owner)):
        assert type(props_of(component.spec("0"))) is component.props_type
