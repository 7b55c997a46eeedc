"""Components of a project's own: declaring, checking, and how they go with the rest."""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from restival import IO
from restival.components import Component, InvalidAnswer, OpenField
from restival.io.core.registry import COMPONENTS, check_answers, is_answerable
from restival.io.custom import CustomComponent
from restival.ui.widgets.registry import answer_html, in_words

io = IO()


class Stars(Component[int]):
    max: Annotated[int, Field(ge=2)] = 5
    symbol: str = "*"
    note: ClassVar[str] = "not a keyword"

    def check(self, value: int) -> int:
        if not 1 <= value <= self.max:
            raise InvalidAnswer(f"Please choose 1 to {self.max}.")
        return value

    def words(self, value: int) -> str:
        return self.symbol * value


class Span(BaseModel):
    begin: dt.date
    end: dt.date | None = None


class Period(Component[Span]):
    def check(self, value: Span) -> Span:
        if value.end is not None and value.end < value.begin:
            raise InvalidAnswer({"end": "Please choose an end after the begin."})
        return value


class ManyStars(Stars):
    max: int = 10


class Chart(Component[None]):
    points: list[int]


class Wordless(Component[int]):
    def words(self, value: int) -> str:
        raise RuntimeError("no words")


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    components = {each.name: each for each in (Stars, Period, ManyStars, Chart, Wordless)}
    with COMPONENTS.provided(lambda: components):
        yield


def value(component: CustomComponent[Any], answer: Any) -> Any:
    checked = check_answers([component.spec("0")], {"0": answer})
    return component.value_of(checked["0"])


def refusal(component: CustomComponent[Any], answer: Any) -> dict[str, str]:
    with pytest.raises(InvalidAnswer) as refused:
        value(component, answer)
    return refused.value.errors


def test_keywords_travel_as_props_and_are_attributes() -> None:
    stars = Stars("How?", max=3, help_text="help", default_value=2, disabled=True)
    spec = stars.spec("0")
    assert (stars.max, stars.label, spec.props, spec.value) == (3, "How?", {"max": 3}, 2)
    assert (spec.help_text, spec.disabled, spec.component) == ("help", True, "component.Stars")
    assert Stars.of(spec).max == 3
    assert Stars.of(spec).symbol == "*"
    assert ManyStars("How?").max == 10


def test_good_answers_become_values() -> None:
    assert value(Stars("x"), 5) == 5
    assert value(ManyStars("x", symbol="+"), 10) == 10
    assert value(Stars("x", default_value=3, disabled=True), 5) == 3
    assert value(Period("x"), {"begin": "2026-01-02"}) == Span(begin=dt.date(2026, 1, 2))
    optional = Stars("x")
    optional.optional()
    assert value(optional, None) is None


@pytest.mark.parametrize("answer", [0, 6, "3", 2.5, True, float("nan"), [1], {"a": 1}])
def test_bad_answers_are_refused(answer: Any) -> None:
    assert refusal(Stars("x"), answer)["0"]


def test_messages_name_the_limit_and_the_part() -> None:
    assert refusal(Stars("x", max=3), 4) == {"0": "Please choose 1 to 3."}
    assert refusal(Stars("x"), None) == {"0": "This field is required."}
    wrong = {"begin": "2026-01-02", "end": "2026-01-01"}
    assert refusal(Period("x"), wrong) == {"0.end": "Please choose an end after the begin."}
    assert set(refusal(Period("x"), {"end": None})) == {"0.begin"}


@given(
    answer=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["begin", "end"]), inner),
        max_leaves=5,
    )
)
def test_whatever_is_sent_is_refused_or_becomes_the_declared_type(answer: Any) -> None:
    for component, kind in ((Stars("x"), int), (Period("x"), Span)):
        try:
            assert isinstance(value(component, answer), kind)
        except InvalidAnswer as refused:
            assert all(refused.errors.values())


def test_a_wrong_keyword_or_default_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="mox"):
        Stars("x", mox=3)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="greater than or equal to 2"):
        Stars("x", max=1)
    with pytest.raises(ValueError, match="'Sterne': invalid default"):
        Stars("Sterne", default_value="many").spec("0")  # type: ignore[arg-type]


def test_a_component_without_a_value_is_a_display() -> None:
    chart = Chart("Sales", points=[1, 2])
    assert not is_answerable(chart.spec("0"))
    assert not io.component(chart).blocks
    assert check_answers([chart.spec("0")], {}) == {}


def test_a_taken_name_an_async_draw_and_an_undeclared_class_are_told() -> None:
    with pytest.raises(TypeError, match=r"Odd\.choices: the name is private or already used"):

        class Odd(Component[int]):
            choices: list[str]

    with pytest.raises(TypeError, match="plain function, not async"):

        class Later(Component[int]):
            async def draw(self, field: OpenField[int]) -> None:  # type: ignore[override]
                pass

    class Homeless(Component[int]):
        pass

    with pytest.raises(ValueError, match="Homeless isn't declared: put it in a file in components/"):
        Homeless("x").spec("0")


async def test_validators_and_groups_take_them() -> None:
    even = io.component(Stars("x")).validate(lambda number: "odd" if number % 2 else None)
    group = io.group(name=io.input.text("Name"), stars=even, rest=Stars("y").optional())
    assert await group.problems({"name": "a", "stars": 3, "rest": None}) == {"stars": "odd"}
    assert group.collect({"name": "a", "stars": 2, "rest": None}).stars == 2


def test_answers_are_shown_in_the_components_words_and_escaped() -> None:
    assert in_words(Stars("x", symbol="<b>").spec("0"), 2) == "<b><b>"
    assert "&lt;b&gt;" in answer_html(Stars("x", symbol="<b>").spec("0"), 2)
    assert in_words(Stars("x").spec("0"), None) == "–"
    assert in_words(Wordless("x").spec("0"), 7) == "7"
    assert in_words(Stars("x").spec("0"), "an old answer") == "an old answer"


def test_a_component_that_was_taken_away_leaves_its_answers_readable() -> None:
    spec = Stars("x").spec("0")
    with COMPONENTS.provided(dict):
        assert is_answerable(spec)
        assert in_words(spec, 3) == "3"
        with pytest.raises(InvalidAnswer, match="component no longer exists"):
            check_answers([spec], {"0": 3})
        assert check_answers([spec.model_copy(update={"optional": True})], {}) == {"0": None}
