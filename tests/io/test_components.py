"""Every component: what it sends, what it accepts, which value the action gets."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Discriminator, EmailStr, Field, SecretStr, Tag, field_validator

from restival import IO, File
from restival.i18n import UserLocale, override_locale
from restival.io.core.call import InvalidAnswer
from restival.io.core.component import BUILT_IN, Component
from restival.io.core.registry import check_answers
from restival.io.group import Record
from restival.io.input.url import Url
from restival.io.model.form import ModelForm
from restival.io.model.type_mapping import UnsupportedType, component_for
from restival.ui.widgets.registry import in_words

io = IO()


def value(component: Component[Any], answer: Any) -> Any:
    """What the action gets for an answer of the browser. Raises InvalidAnswer."""
    checked = check_answers([component.spec("0")], {"0": answer})
    return component.value_of(checked["0"])


def refusal(component: Component[Any], answer: Any) -> str:
    with pytest.raises(InvalidAnswer) as refused:
        value(component, answer)
    return refused.value.errors["0"]


A_NUMBER = {"properties": {"a": {"type": "integer"}}}
TWO_FOUND = [{"key": "0", "label": "a"}, {"key": "1", "label": "b"}]
COLUMNS: dict[str, Any] = {"name": "string", "age": "number?", "member": "boolean?"}

ACCEPTED = [
    (io.input.text("x"), " a ", " a "),
    (io.input.text("x", min_length=2, max_length=3), "ab", "ab"),
    (io.input.text("x").optional(), "", None),
    (io.input.text("x", default_value="kept", disabled=True), "changed", "kept"),
    (io.input.email("x"), " ann@example.com ", "ann@example.com"),
    (io.input.phone("x", country="DE"), " (0151) 123 456-78 ", "+4915112345678"),
    (io.input.phone("x", country="DE"), "+33 1 42 68 53 00", "+33142685300"),
    (io.input.phone("x", country="IT"), "06 698 12345", "+390669812345"),
    (io.input.phone("x"), "(201) 555-0123", "+12015550123"),
    (io.input.phone("x", country="DE", default_value="0151 12345678", disabled=True), None, "+4915112345678"),
    (io.input.number("x"), "-12", -12),
    (io.input.number("x"), 12, 12),
    (io.input.number("x", decimals=2), "1.50", 1.5),
    (io.input.number("x", currency="USD", default_value=1.5), "0.1", 0.1),
    (io.input.boolean("x"), True, True),
    (io.input.date("x"), "2026-02-28", dt.date(2026, 2, 28)),
    (io.input.datetime("x"), "2026-02-28T10:30", dt.datetime(2026, 2, 28, 10, 30)),
    (io.input.time("x"), "10:30", dt.time(10, 30)),
    (io.input.slider("x", min=0, max=10), "5", 5),
    (io.input.slider("x", min=0, max=10), 0, 0),
    (io.input.slider("x", min=0.5, max=1, step=0.25), "0.75", 0.75),
    (io.input.url("x"), " https://example.com/a ", Url("https://example.com/a")),
    (io.input.url("x", allowed_protocols=["ftp:"]), "ftp://example.com/", Url("ftp://example.com/")),
    (io.input.rich_text("x"), "<p>a<script>x()</script><b onclick=x>b</b></p>", "<p>a<b>b</b></p>"),
    (io.input.color("x"), " #A1b2C3 ", "#a1b2c3"),
    (io.input.code("x"), " a\n", " a\n"),
    (io.input.json("x"), '{"a": [1, null]}', {"a": [1, None]}),
    (io.input.json("x", schema={"type": "integer"}), "3", 3),
    (io.input.password("x"), " s3cret ", SecretStr(" s3cret ")),
    (io.input.tags("x"), ["a", " b ", "a", ""], ["a", "b"]),
    (io.select.single("x", options=["a", "b"]), "1", "b"),
    (io.input.number("x"), "1,234,567", 1234567),
    (io.input.number("x"), "\u22125", -5),
    (io.input.number("x", currency="JPY"), "1,500", 1500),
    (io.input.number("x", default_value=1.5), "2.25", 2.25),
    (io.input.number("x", currency="EUR", min=Decimal("0.01")), "1,000.10", Decimal("1000.10")),
    (io.input.number("x", default_value=Decimal(1)), 0.1, Decimal("0.1")),
    (io.input.text("x", max_length=3, multiline=True), "a\nb", "a\nb"),
    (io.select.multiple("x", options=["a", "b", "c"]), ["2", "0", "2"], ["a", "c"]),
    (io.select.multiple("x", options=["a", "b"]), [], []),
    (io.select.multiple("x", options=["a", "b"]).optional(), None, []),
    (io.select.multiple("x", options=[1, 2], default_value=[2], disabled=True), ["0"], [2]),
    (io.select.single("x", options=["a", "b"]).multiple(), ["1"], ["b"]),
    (io.select.single("x", options=["a", "b"]).optional().multiple(), [], []),  # type: ignore[attr-defined]
    (
        io.input.spreadsheet("x", columns=COLUMNS),
        [["", " ", ""], ["Ann", "1,036", "Yes"], {"name": "Bob", "age": 1.5}, ["Cleo"]],
        [
            {"name": "Ann", "age": 1036, "member": True},
            {"name": "Bob", "age": 1.5, "member": None},
            {"name": "Cleo", "age": None, "member": None},
        ],
    ),
    (io.input.spreadsheet("x", columns={"a": "string"}).optional(), [], None),
    (io.input.spreadsheet("x", columns={"a": "number"}, default_value=[{"a": 1}], disabled=True), [], [{"a": 1}]),
    (io.select.table("x", data=[{"a": 1}, {"a": 2}]), [1, 1], [{"a": 2}]),
    (io.select.table("x", data=[{"a": 1}]), [], []),
    (io.search("x", on_search=list, initial_results=["a", "b"]), [{"key": "1", "label": "?"}], "b"),
    (io.search("x", on_search=list, initial_results=["a"]).multiple(), [{"key": "0", "label": "a"}], ["a"]),
    (io.confirm("x"), False, False),
]


@pytest.mark.parametrize(("component", "answer", "expected"), ACCEPTED)
def test_good_answers_become_values(component: Component[Any], answer: Any, expected: Any) -> None:
    given_value = value(component, answer)
    assert given_value == expected
    assert type(given_value) is type(expected)


REFUSED = [
    (io.input.text("x"), "", "This field is required."),
    (io.input.text("x"), None, "This field is required."),
    (io.input.text("x"), 3, "Enter text."),
    (io.input.text("x", min_length=2), "a", "Enter at least 2 characters."),
    (io.input.text("x", max_length=2), "abc", "Enter at most 2 characters."),
    (io.input.number("x", min=1, max=5), 6, "Enter a number between 1 and 5."),
    (io.input.number("x", min=1), 0, "Enter a number greater than or equal to 1."),
    (io.input.number("x", max=5), 6, "Enter a number less than or equal to 5."),
    (io.input.number("x"), "1.5", "Enter a whole number."),
    (io.input.number("x", decimals=2), "1.555", "Enter at most 2 decimal places."),
    (io.input.number("x"), "many", "Enter a number."),
    (io.input.number("x"), True, "Enter a number."),
    (io.input.number("x", decimals=1), "NaN", "Enter a number."),
    (io.input.number("x"), "1e999999", "Enter a number."),
    (io.input.boolean("x"), "yes", "Answer yes or no."),
    (io.input.date("x"), "2026-02-30", "Enter a date as YYYY-MM-DD."),
    (io.input.date("x", min=dt.date(2026, 1, 1)), "2025-12-31", "Enter a date on or after Jan 1, 2026."),
    (io.input.date("x", max=dt.date(2026, 1, 1)), "2026-12-31", "Enter a date on or before Jan 1, 2026."),
    (io.input.datetime("x"), "soon", "Enter a date and a time as YYYY-MM-DD HH:MM."),
    (io.input.time("x"), "25:00", "Enter a time as HH:MM."),
    (io.input.time("x", min=dt.time(9)), "08:59", "Enter a time at or after 9:00 AM."),
    (io.input.time("x", max=dt.time(9)), "09:01", "Enter a time at or before 9:00 AM."),
    (io.input.slider("x", min=1, max=5), "6", "Enter a number between 1 and 5."),
    (io.input.slider("x", min=1, max=5, step=2), "2", "Enter a number in steps of 2, starting at 1."),
    (io.input.slider("x", min=1, max=5), "NaN", "Enter a number between 1 and 5."),
    (io.input.slider("x", min=1, max=5), True, "Enter a number."),
    (io.input.url("x"), "example", "Enter a valid URL, as in http://example.com."),
    (io.input.url("x"), "javascript:alert(1)", "Enter a URL that starts with http: or https:"),
    (io.input.url("x"), "https://" + "a" * 9_000, "Enter a URL with at most 8,000 characters."),
    (io.input.rich_text("x"), "<p>&nbsp;<br></p>", "Enter text."),
    (io.input.rich_text("x"), "<script>x()</script>", "Enter text."),
    (io.input.color("x"), "red", "Enter a color as #rrggbb, as in #4f46e5."),
    (io.input.code("x", max_length=2), "abc", "Enter at most 2 characters."),
    (io.input.json("x"), '{"a": 1,\n"b"}', "Invalid JSON. Line 2, column 4: Expecting ':' delimiter."),
    (io.input.json("x"), "NaN", "Invalid JSON. NaN isn't a valid JSON number."),
    (io.input.json("x"), "[" * 101, "Enter JSON with at most 100 levels."),
    (
        io.input.json("x", schema={"properties": {"a": {"type": "integer"}}}),
        '{"a": "1"}',
        "a: '1' is not of type 'integer'.",
    ),
    (io.input.password("x", min_length=8), "short", "Enter at least 8 characters."),
    (io.input.tags("x", max_tags=1), ["a", "b"], "Enter at most 1 tag."),
    (io.input.tags("x"), ["a" * 101], "Enter tags with at most 100 characters each."),
    (io.input.tags("x"), [1], "Enter tags."),
    (io.input.tags("x"), [" "], "Enter a tag."),
    (io.search("x", on_search=list), [{"key": "x", "label": "a"}], "Choose one of the results."),
    (
        io.search("x", on_search=list, initial_results=["a", "b"]),
        [{"key": "0", "label": ""}, {"key": "1", "label": ""}],
        "Choose one result.",
    ),
    (io.select.single("x", options=["a"]), "7", "Choose one of the options."),
    (io.select.single("x", options=["a"]), "a", "Choose one of the options."),
    (io.input.text("x", max_length=1), "abc", "Enter at most 1 character."),
    (io.input.number("x", max=1_000_000.0), "2000000", "Enter a number less than or equal to 1,000,000."),
    (io.input.number("x", min=0.5, max=1500, currency="USD"), 0, "Enter a number between 0.50 and 1,500.00."),
    (io.input.number("x", decimals=1), "1,5", "Enter a number."),
    (io.input.number("x", decimals=1), "1.55", "Enter at most 1 decimal place."),
    (io.input.number("x", currency="JPY"), "1.5", "Enter a whole number."),
    (io.select.multiple("x", options=["a"]), "0", "Choose from the options."),
    (io.select.multiple("x", options=["a"]), ["1"], "Choose from the options."),
    (io.select.multiple("x", options=["a"]), [0], "Choose from the options."),
    (io.select.multiple("x", options=[1, 2], min_selections=1), [], "This field is required."),
    (io.select.multiple("x", options=[1, 2, 3], min_selections=2), ["0"], "Choose at least 2 options."),
    (
        io.select.multiple("x", options=[1, 2, 3], min_selections=2, max_selections=2),
        ["0"],
        "Choose exactly 2 options.",
    ),
    (io.select.multiple("x", options=[1, 2], max_selections=1), ["0", "1"], "Choose at most 1 option."),
    (
        io.select.multiple("x", options=[1, 2, 3, 4], min_selections=2, max_selections=3),
        ["0"],
        "Choose 2 to 3 options.",
    ),
    (io.select.single("x", options=["a"]).multiple(), [], "This field is required."),
    (io.input.spreadsheet("x", columns=COLUMNS), [], "This field is required."),
    (io.input.spreadsheet("x", columns=COLUMNS), [["", " "], []], "This field is required."),
    (io.input.spreadsheet("x", columns=COLUMNS), "a", "Enter rows."),
    (io.input.spreadsheet("x", columns=COLUMNS), [["a"]] * 50_001, "Enter at most 50,000 rows."),
    (
        io.input.spreadsheet("x", columns=COLUMNS),
        [["a"], ["a", 1, True, 2]],
        "Row 2 must have the columns name, age, member.",
    ),
    (
        io.input.spreadsheet("x", columns=COLUMNS),
        [{"surname": "a"}],
        "Row 1 must have the columns name, age, member.",
    ),
    (io.select.table("x", data=[{"a": 1}], min_selections=1), [], "This field is required."),
    (io.select.table("x", data=[{"a": 1}] * 3, min_selections=2), [1], "Choose at least 2 rows."),
    (io.select.table("x", data=[{"a": 1}] * 3, max_selections=1), [1, 2], "Choose at most 1 row."),
    (io.select.table("x", data=[{"a": 1}]), [1], "Choose rows from the table."),
    (io.select.table("x", data=[{"a": 1}]), [-1], "Choose rows from the table."),
]


@pytest.mark.parametrize(("component", "answer", "message"), REFUSED)
def test_bad_answers_are_told_in_words(component: Component[Any], answer: Any, message: str) -> None:
    assert refusal(component, answer) == message


def test_a_bad_address_is_told() -> None:
    assert refusal(io.input.email("x"), "nobody").startswith("Enter a valid email address.")


@pytest.mark.parametrize("answer", ["nobody", "12", "0151 1234", "+49", "+999 123456", "0" * 400, 4915112345678])
def test_an_invalid_phone_number_is_rejected_with_an_example(answer: Any) -> None:
    example = "Enter a valid phone number, such as +49 30 123456."
    assert refusal(io.input.phone("x", country="DE"), answer) == example


def test_a_phone_extension_is_rejected_since_the_value_has_none() -> None:
    message = "Enter the phone number without its extension."
    assert refusal(io.input.phone("x", country="DE"), "030 123456 ext. 12") == message


@pytest.mark.parametrize(
    ("locale", "number", "national"),
    [("de", "+4915112345678", "01511 2345678"), ("de_AT", "+43662123456", "0662 123456")],
)
def test_a_phone_number_without_a_code_is_in_the_country_of_the_reader(locale: str, number: str, national: str) -> None:
    field = io.input.phone("x")
    with override_locale(UserLocale("de", locale)):
        assert value(field, national) == number
        assert in_words(field.spec("0"), number) == national
    assert in_words(field.spec("0"), number).startswith("+4")


def test_the_country_of_a_phone_number_has_to_exist() -> None:
    with pytest.raises(ValueError, match="country 'Germany' isn't a country code"):
        io.input.phone("x", country="Germany")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


NUMBERS = ("0", "-1", "007", "1e3", "１２", "0x10", "1_000", "+5", " 5 ", "9" * 400)
WORDS = (
    "2026-02-30",
    "10:30",
    "#FFFFFF",
    "#fffffg",
    "https://a.b",
    "javascript:x",
    "<p onclick=x><a href='javascript:x'>a</a><script>x</script></p>",
    "<<script>script>a",
    "12:30",
    "2026-06-01",
    "2025-12-31T23:59",
    "data:,x",
    "<script>",
    "\u202e",
    "\x00",
)
PHONES = ("0151 12345678", "+33142685300", "030 123456;ext=3", "+1-800-FLOWERS", "٠١٥١١٢٣٤٥٦٧٨", "tel:+49-30-123456")
ANSWERS: list[Any] = [[0], [0, 1], [-1], [True], ["0"], ["a", " ", "b"], [["Ann", "x", "1"]], [["Ann", "1"]]]
OBJECTS: list[Any] = [
    {"name": "a", "legs": "4"},
    {"by": {"kind": "card"}},
    [{"key": "0", "label": "x"}],
    [{"key": "7", "label": "x"}],
    [{"id": "x", "name": "a.txt", "size": 1}],
    [{"id": "../x", "name": "a.exe", "size": 1}],
]
likely = st.sampled_from([*NUMBERS, *WORDS, *PHONES, "a@b.co", "null", "[]", "{}", *ANSWERS, *OBJECTS])
"""What somebody sends who knows the fields."""


class Pet(BaseModel):
    name: str
    legs: int = 4


class Card(BaseModel):
    kind: Literal["card"]
    number: str = Field(min_length=4)
    note: str = "none"


class Bank(BaseModel):
    model_config = ConfigDict(title="A bank")

    kind: Literal["bank"] = "bank"
    iban: str
    secret: SecretStr | None = None


class Paid(BaseModel):
    by: Annotated[Card | Bank, Field(discriminator="kind", title="Payment")]


ROWS = [{"a": 1}, {"a": 2}]
A_DAY, ANOTHER = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
NOON, EVENING = dt.time(12), dt.time(20)

EXPECTED: list[tuple[Component[Any], Callable[[Any], bool]]] = [
    (io.input.text("x", min_length=2, max_length=8), lambda v: isinstance(v, str) and 2 <= len(v) <= 8),
    (io.input.email("x"), lambda v: isinstance(v, str) and re.fullmatch(r"[^\s<>]+@[^\s<>]+", v) is not None),
    (io.input.phone("x", country="DE"), lambda v: isinstance(v, str) and re.fullmatch(r"\+\d{5,15}", v) is not None),
    (io.input.number("x", min=-5, max=5), lambda v: type(v) is int and -5 <= v <= 5),
    (io.input.number("x", decimals=2, max=9), lambda v: type(v) is float and v <= 9 and round(v, 2) == v),
    (io.input.boolean("x"), lambda v: v is True or v is False),
    (io.input.date("x", min=A_DAY, max=ANOTHER), lambda v: type(v) is dt.date and A_DAY <= v <= ANOTHER),
    (io.input.datetime("x", min=dt.datetime(2026, 1, 1)), lambda v: type(v) is dt.datetime and v.year >= 2026),
    (io.input.time("x", min=NOON, max=EVENING), lambda v: type(v) is dt.time and NOON <= v <= EVENING),
    (io.select.single("x", options=["a", "b"]), lambda v: v in ("a", "b")),
    (io.select.multiple("x", options=["a", "b"], max_selections=1), lambda v: v in (["a"], ["b"], [])),
    (
        io.input.spreadsheet("x", columns=COLUMNS),
        lambda v: bool(v) and all(row.keys() == COLUMNS.keys() and isinstance(row["name"], str) for row in v),
    ),
    (
        io.select.table("x", data=[{"a": 1}, {"a": 2}]),
        lambda v: v in ([], [{"a": 1}], [{"a": 2}], [{"a": 1}, {"a": 2}]),
    ),
    (io.form(Pet), lambda v: type(v) is Pet and type(v.legs) is int),
    (io.form(Paid), lambda v: type(v) is Paid and type(v.by) in (Card, Bank)),
    (io.input.slider("x", min=0, max=10, step=5), lambda v: type(v) is int and v in (0, 5, 10)),
    (io.input.url("x"), lambda v: isinstance(v, Url) and v.scheme in ("http", "https")),
    (
        io.input.rich_text("x"),
        lambda v: isinstance(v, str) and not re.search(r"<script|<[^>]+ on\w+=|=.javascript:", v),
    ),
    (io.input.color("x"), lambda v: re.fullmatch("#[0-9a-f]{6}", v) is not None),
    (io.input.code("x", max_length=20), lambda v: isinstance(v, str) and len(v) <= 20),
    (io.input.password("x", min_length=3), lambda v: type(v) is SecretStr and len(v.get_secret_value()) >= 3),
    (io.input.tags("x", max_tags=2), lambda v: 1 <= len(v) <= 2 and all(tag == tag.strip() != "" for tag in v)),
    (io.search("x", on_search=list, initial_results=["a"]), lambda v: v == "a"),
    (io.input.json("x", schema=A_NUMBER), lambda v: not isinstance(v, dict) or type(v.get("a", 1)) is int),
    (io.input.file("x", allowed_extensions=["txt"]), lambda v: isinstance(v, File) and v.extension == ".txt"),
    (io.confirm("x"), lambda v: v is True or v is False),
    (io.confirm_identity("x"), lambda v: v is False),
]
EXAMPLES = 500
assert len(EXPECTED) * EXAMPLES > 10_000


@pytest.mark.parametrize(("component", "is_good"), EXPECTED, ids=[component.name for component, _ in EXPECTED])
@settings(max_examples=EXAMPLES)
@given(answer=anything | likely)
def test_whatever_is_sent_is_refused_or_becomes_what_was_asked_for(
    component: Component[Any], is_good: Callable[[Any], bool], answer: Any
) -> None:
    try:
        given_value = value(component, answer)
    except InvalidAnswer as refused:
        assert refused.errors
        assert all(message for message in refused.errors.values())
    else:
        assert is_good(given_value)


def test_options_come_back_as_they_were_given() -> None:
    option = {"label": "Pro", "value": "pro", "extra": object()}
    assert value(io.select.single("x", options=[option]), "0") is option
    spec = io.select.single("x", options=[option], default_value=option).spec("0")
    assert spec.value == "0"
    assert "extra" not in str(spec.props)
    assert io.select.single("x", options=[option], default_value="pro").spec("0").value == "0"


def test_an_unknown_default_is_an_error_that_names_the_field() -> None:
    with pytest.raises(ValueError, match=r"'Plan'.*'c' isn't one of the options"):
        io.select.single("Plan", options=["a", "b"], default_value="c").spec("0")


def test_several_options_come_back_as_they_were_given() -> None:
    options = [{"label": "Pro", "value": "pro", "extra": object()}, {"value": 2}]
    several = io.select.multiple("Plan", options=options, default_value=["pro"])
    assert value(several, ["0"])[0] is options[0]
    assert several.spec("0").value == ["0"]
    assert [option["label"] for option in several.spec("0").props["options"]] == ["Pro", "2"]
    assert value(io.select.multiple("x", options=list(Colour)), ["1"]) == [Colour.BLUE]
    single = io.select.single("x", options=["a", "b"], default_value="b", searchable=True)
    assert single.multiple().spec("0").value == ["1"]
    assert single.multiple(default_value=["a"]).spec("0").value == ["0"]
    assert single.multiple().spec("0").props["searchable"]


def test_selects_that_cannot_be_answered_are_errors_that_name_the_field() -> None:
    with pytest.raises(ValueError, match=r"'Plan'.*'c' isn't one of the options"):
        io.select.multiple("Plan", options=["a", "b"], default_value=["a", "c"]).spec("0")
    with pytest.raises(ValueError, match=r"'Plan'.*options is empty"):
        io.select.multiple("Plan", options=[])
    for least, most in ((3, None), (2, 1), (0, 0), (-1, None)):
        with pytest.raises(ValueError, match=r"'Plan'.*allow no choice among 2 options"):
            io.select.multiple("Plan", options=["a", "b"], min_selections=least, max_selections=most)
    with pytest.raises(ValueError, match=r"option 1 has neither a label nor a value"):
        io.select.single("Plan", options=[{"name": "a"}])
    with pytest.raises(ValueError, match=r"before \.validate"):
        io.select.single("Plan", options=["a"]).validate(lambda option: None).multiple()


def test_numbers_and_texts_that_cannot_be_answered_are_errors_that_name_the_field() -> None:
    with pytest.raises(ValueError, match=r"'Sum'.*unknown currency 'EURO'"):
        io.input.number("Sum", currency="EURO")
    with pytest.raises(ValueError, match=r"'Sum'.*min 2 is greater than max 1"):
        io.input.number("Sum", min=2, max=1)
    with pytest.raises(ValueError, match=r"'Name'.*min_length 2 is greater than max_length 1"):
        io.input.text("Name", min_length=2, max_length=1)


def test_wrong_cells_are_told_by_row_and_column_and_the_rest_is_counted() -> None:
    sheet = io.input.spreadsheet("x", columns=COLUMNS)
    with pytest.raises(InvalidAnswer) as refused:
        value(sheet, [[""], ["Ann", "old", "perhaps"], ["", "1e999", True], [3, None, None]])
    assert refused.value.errors == {
        "0": "Correct 5 cells.",
        "0.1.1": "Row 2, age: enter a number instead of “old”.",
        "0.1.2": "Row 2, member: enter yes or no instead of “perhaps”.",
        "0.2.0": "Row 3, name: fill in this cell.",
        "0.2.1": "Row 3, age: enter a number instead of “1e999”.",
        "0.3.0": "Row 4, name: enter text.",
    }
    with pytest.raises(InvalidAnswer) as refused:
        value(sheet, [["Ann", "x" * 100]] * 1200)
    assert refused.value.errors["0"] == "Correct 1,200 cells. The first 50 are highlighted."
    assert len(refused.value.errors) == 51
    assert refused.value.errors["0.0.1"].endswith(f"instead of “{'x' * 40}…”.")


def test_a_spreadsheets_rows_go_back_into_the_form() -> None:
    rows = [{"name": "Ann", "age": 1.5, "member": False}, {"name": "Bob", "age": None, "member": None}]
    sheet = io.input.spreadsheet("x", columns=COLUMNS, default_value=rows)
    assert value(sheet, sheet.spec("0").value) == rows


def test_spreadsheets_that_cannot_be_drawn_are_errors_that_name_the_field() -> None:
    with pytest.raises(ValueError, match=r"'Sheet'.*columns is empty"):
        io.input.spreadsheet("Sheet", columns={})
    odd: Any = {"when": "date"}
    with pytest.raises(ValueError, match=r"'Sheet'.*column 'when' has the type 'date'"):
        io.input.spreadsheet("Sheet", columns=odd)
    with pytest.raises(ValueError, match=r"'Sheet'.*a column 'b' that isn't declared"):
        io.input.spreadsheet("Sheet", columns={"a": "string"}, default_value=[{"b": 1}]).spec("0")


def test_groups_give_lists_or_records() -> None:
    listed = io.group([io.input.text("a"), io.display.heading("b"), io.input.number("c")])
    assert listed.collect({"0": "x", "1": None, "2": 3}) == ["x", None, 3]
    keyed = io.group(name=io.input.text("a"))
    record = keyed.collect({"name": "x"})
    assert isinstance(record, Record)
    assert record.name == record["name"] == "x"


def test_confirm_stands_alone() -> None:
    with pytest.raises(ValueError, match="can't be in a group"):
        io.group([io.confirm("Sure?")])
    with pytest.raises(ValueError, match=r"io\.confirm_identity\('Sure\?'\) can't be in a group"):
        io.group([io.confirm_identity("Sure?")])


def test_tables_infer_columns_of_mappings_and_models() -> None:
    props = io.display.table("x", data=[{"a": 1}, {"a": 2, "b": Decimal("1.5")}, Pet(name="Rex")]).props
    dumped = props.model_dump()
    assert [column["label"] for column in dumped["columns"]] == ["a", "b", "name", "legs"]
    assert dumped["rows"][1] == [2, "1.5", None, None]
    assert dumped["page_size"] == 20
    computed = io.display.table("x", data=[{"a": 2}], columns=[{"label": "twice", "render_cell": lambda r: r["a"] * 2}])
    assert computed.props.model_dump()["rows"] == [[4]]


class Colour(Enum):
    RED = "Red"
    BLUE = "Blue"


class Address(BaseModel):
    street: str
    zip: str = Field(min_length=4, description="Post code")


class Person(BaseModel):
    name: str
    mail: EmailStr
    age: int = Field(ge=0, le=150)
    height: Decimal | None = None
    colour: Colour = Colour.RED
    size: Literal["s", "l"] = "s"
    born: dt.date | None = None
    address: Address
    others: list[Address] = Field([], max_length=2)
    tags: list[str] = []

    @field_validator("name")
    @classmethod
    def _not_root(cls, name: str) -> str:
        if name == "root":
            raise ValueError("choose a person's name")
        return name


GOOD = {
    "name": "Ann",
    "mail": "ann@example.com",
    "age": "41",
    "height": "1.72",
    "colour": "1",
    "size": None,
    "address": {"street": "High St", "zip": "12345"},
    "others": [{"street": "Low St", "zip": "54321"}],
    "tags": ["a"],
}


def test_a_model_is_a_form_and_an_instance() -> None:
    person = value(io.form(Person), GOOD)
    assert person == Person(
        name="Ann",
        mail="ann@example.com",
        age=41,
        height=Decimal("1.72"),
        colour=Colour.BLUE,
        address=Address(street="High St", zip="12345"),
        others=[Address(street="Low St", zip="54321")],
        tags=["a"],
    )


def test_a_models_errors_are_told_by_path() -> None:
    bad = {**GOOD, "age": 151, "address": {"street": "", "zip": "1"}, "others": [{"street": "x", "zip": "1"}]}
    with pytest.raises(InvalidAnswer) as refused:
        value(io.form(Person), bad)
    assert refused.value.errors == {
        "0.age": "Enter a number between 0 and 150.",
        "0.address.street": "This field is required.",
        "0.address.zip": "Enter at least 4 characters.",
        "0.others.0.zip": "Enter at least 4 characters.",
    }
    with pytest.raises(InvalidAnswer) as refused:
        ModelForm(Person).validate_answer({**GOOD, "name": "root"})
    assert refused.value.errors == {"name": "Choose a person's name."}


def test_a_models_values_go_back_into_the_form() -> None:
    form = ModelForm(Person)
    person = form.validate_answer(GOOD)
    assert form.validate_answer(form.dump(person)) == person


class Fee(Enum):
    FIXED = "fixed"
    SHARE = "share_of_sum"


class Fixed(BaseModel):
    kind: Literal[Fee.FIXED]
    sum: float = Field(gt=0.5)


class Share(BaseModel):
    kind: Literal[Fee.SHARE]
    of: Annotated[Card | Bank, Field(discriminator="kind")]


class Bill(BaseModel):
    paid: Annotated[Card | Bank, Field(discriminator="kind")]
    second: Annotated[Card | Bank, Field(discriminator="kind")] | None = None
    third: Card | Bank | None = Field(None, discriminator="kind")
    rest: list[Annotated[Card | Bank, Discriminator("kind")]] = []
    fee: Fixed | Share | None = Field(None, discriminator="kind")


def test_models_that_are_told_apart_become_instances() -> None:
    answer = {
        "paid": {"kind": "card", "number": "1234", "note": ""},
        "second": None,
        "third": {"kind": "bank", "iban": "NO93", "secret": "x"},
        "rest": [{"kind": "bank", "iban": "DE12"}, {"kind": "card", "number": "5678", "note": "n"}],
        "fee": {"kind": "share_of_sum", "of": {"kind": "bank", "iban": "SE45"}},
    }
    bill = value(io.form(Bill), answer)
    assert bill == Bill(
        paid=Card(kind="card", number="1234"),
        third=Bank(iban="NO93", secret=SecretStr("x")),
        rest=[Bank(iban="DE12"), Card(kind="card", number="5678", note="n")],
        fee=Share(kind=Fee.SHARE, of=Bank(iban="SE45")),
    )
    form = ModelForm(Bill)
    without_secret = bill.model_copy(update={"third": None})
    assert form.validate_answer(form.dump(without_secret)) == without_secret


def test_what_is_wrong_with_one_of_several_models_is_told_at_its_field() -> None:
    bad = {
        "paid": {"kind": "card", "number": "1", "iban": "NO93"},
        "second": {"kind": "cash"},
        "third": "card",
        "rest": [{"iban": "DE12"}],
        "fee": {"kind": "share_of_sum", "of": {"kind": ["card"]}},
    }
    with pytest.raises(InvalidAnswer) as refused:
        value(io.form(Bill), bad)
    assert refused.value.errors == {
        "0.paid.number": "Enter at least 4 characters.",
        "0.paid.iban": "This field doesn't exist.",
        "0.second": "Choose one of the options.",
        "0.third": "Choose one of the options.",
        "0.rest.0": "This field is required.",
        "0.fee.of": "Choose one of the options.",
    }
    with pytest.raises(InvalidAnswer) as refused:
        value(io.form(Bill), {"paid": {"kind": "card", "number": "1234"}, "fee": {"kind": "fixed", "sum": 0.5}})
    assert refused.value.errors == {"fee.sum": "Enter a number greater than 0.5."}


def test_models_are_labelled_by_their_titles_or_tags() -> None:
    [by] = ModelForm(Paid).spec("0").props["fields"]
    assert by["label"] == "Payment"
    assert [(variant["tag"], variant["label"]) for variant in by["props"]["variants"]] == [
        ("card", "Card"),
        ("bank", "A bank"),
    ]


def test_models_that_nothing_tells_apart_are_errors_that_say_what_to_do() -> None:
    with pytest.raises(
        UnsupportedType, match=r'Card \| Bank .*Annotated\[Card \| Bank, Field\(discriminator="kind"\)\]'
    ):
        component_for(Card | Bank, "x")
    by_function = Annotated[
        Annotated[Card, Tag("card")] | Annotated[Bank, Tag("bank")], Discriminator(lambda value: "card")
    ]
    with pytest.raises(UnsupportedType, match="union"):
        component_for(by_function, "x")
    with pytest.raises(UnsupportedType, match="use models with a discriminator"):
        component_for(Card | str, "x")


def test_unsupported_types_are_named() -> None:
    class Odd(BaseModel):
        what: dict[str, int]

    with pytest.raises(UnsupportedType, match="what: no field supports"):
        io.form(Odd)
    with pytest.raises(UnsupportedType, match="union"):
        component_for(int | str, "x")


def test_every_component_says_its_name_and_props() -> None:
    for name, component in BUILT_IN.items():
        assert component.name == name
        assert component.props_type.__doc__
        assert component.__doc__
