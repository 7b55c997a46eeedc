"""How answers are shown after they were given."""

import datetime as dt
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from restival.io.api import IO
from restival.io.core.call import FieldSpec
from restival.io.core.component import Component
from restival.ui.widgets.registry import answer_html, in_words

io = IO()


class Line(BaseModel):
    count: int
    due: dt.date | None = None


class Card(BaseModel):
    kind: Literal["card"] = "card"
    holder: str


class Bank(BaseModel):
    kind: Literal["bank"] = "bank"
    iban: str


class Order(BaseModel):
    lines: list[Line]
    tags: list[str]
    pay: Annotated[Card | Bank, Field(discriminator="kind")]
    gift: Line | None = None


def entry(label: str, html: str) -> str:
    return f'<dt class="r-key">{label}</dt><dd class="r-value">{html}</dd>'


@pytest.mark.parametrize(
    ("component", "answer", "html"),
    [
        (io.input.text("A"), "<b>", "&lt;b&gt;"),
        (io.input.boolean("A"), True, "Yes"),
        (io.confirm("A"), False, "No"),
        (io.confirm_identity("A"), True, "Yes"),
        (io.input.number("A", currency="EUR"), "12.50", "€ 12.50"),
        (io.input.date("A"), "2026-01-02", "Jan 2, 2026"),
        (io.input.time("A"), "15:04:00", "3:04 PM"),
        (io.input.datetime("A"), "2026-01-02T03:04:00", "Jan 2, 2026, 3:04 AM"),
        (io.input.color("A"), "#aabbcc", '<span class="r-patch" style="background: #aabbcc"></span> #aabbcc'),
        (io.input.color("A"), "url(<)", "url(&lt;)"),
        (io.input.rich_text("A"), "<b>x</b><script>y</script>", '<div class="r-prose"><b>x</b></div>'),
        (io.input.code("A"), "a < b", '<pre class="r-code r-wrap">a &lt; b</pre>'),
        (io.input.json("A"), "[1]", '<pre class="r-code r-wrap">[1]</pre>'),
        (io.input.tags("A"), ["x", "<"], "x, &lt;"),
        (io.select.single("A", options=["Red", "Blue"]), "1", "Blue"),
        (io.select.multiple("A", options=["Red", "Blue"]), ["0", "1"], "Red, Blue"),
        (io.search("A", on_search=lambda query: [query]), [{"key": "0", "label": "Ann <"}], "Ann &lt;"),
    ],
)
def test_an_answer_is_shown_by_its_widget(component: Component[Any], answer: Any, html: str) -> None:
    assert answer_html(component.spec("0"), answer) == entry("A", html)


@pytest.mark.parametrize("answer", [None, "", []])
def test_an_empty_answer_is_a_dash(answer: Any) -> None:
    for component in (io.input.text("A"), io.input.date("A"), io.input.file("A"), io.form(Order, label="A")):
        assert answer_html(component.spec("0"), answer) == entry("A", "–")
        assert in_words(component.spec("0"), answer) == "–"


def test_many_rows_are_cut() -> None:
    spec = io.select.table("A", data=[{"n": n} for n in range(60)]).spec("0")
    shown = answer_html(spec, list(range(60)))
    assert shown.count("<tr>") == 51
    assert "… and 10 more rows" in shown
    sheet = io.input.spreadsheet("A", columns={"n": "number"}).spec("0")
    assert answer_html(sheet, [[1]] * 51).endswith("… and 1 more row</dd>")


def test_fields_in_fields_are_shown_one_by_one() -> None:
    answer = {
        "lines": [{"count": 1, "due": None}, {"count": 2, "due": "2026-01-02"}],
        "tags": ["a", "b"],
        "pay": {"kind": "bank", "iban": "X1"},
        "gift": None,
    }
    lines = "".join(
        f'<dt class="r-key r-key-group">Lines {number}</dt>{entry("Count", str(number))}{entry("Due", due)}'
        for number, due in ((1, "–"), (2, "Jan 2, 2026"))
    )
    pay = '<dt class="r-key r-key-chosen">Pay</dt><dd class="r-value r-key-chosen">Bank</dd>' + entry("Iban", "X1")
    expected = lines + entry("Tags", "a\nb") + pay + entry("Gift", "–")
    assert answer_html(io.form(Order).spec("0"), answer) == expected


def test_the_items_of_lists_in_lists_are_shown() -> None:
    class Grid(BaseModel):
        rows: list[list[int]]

    shown = answer_html(io.form(Grid).spec("0"), {"rows": [[1, 2], [3]]})
    assert shown == entry("Rows 1", "1\n2") + entry("Rows 2", "3")


def test_the_answer_to_a_component_that_is_gone_is_shown_as_it_is() -> None:
    gone = FieldSpec(key="0", component="component.Gone", label="A")
    assert answer_html(gone, "x<") == entry("A", "x&lt;")
