from restival.io.core.call import FieldSpec
from restival.io.core.component import BUILT_IN
from restival.ui.widgets.base.error_paths import below
from restival.ui.widgets.base.widget import WIDGETS
from restival.ui.widgets.input.text import written
from restival.ui.widgets.registry import in_words
from restival.ui.widgets.table.grid import is_table, shown_cell


def field(component: str, **props: object) -> FieldSpec:
    return FieldSpec(key="0", component=component, label="Field", props=props)


def test_each_component_has_a_renderer_and_no_other_has() -> None:
    assert WIDGETS.keys() == BUILT_IN.keys()


def test_errors_below_a_field() -> None:
    errors = {"a": "own", "a.b": "one", "a.b.0": "deep", "ab": "other", "": "all"}
    assert below(errors, "a") == {"": "own", "b": "one", "b.0": "deep"}
    assert below(errors, "c") == {}


def test_values_that_do_not_fit_are_written_as_empty() -> None:
    assert [written(value) for value in ("a", 3, 2.5, True, None, [1], {"a": 1})] == ["a", "3", "2.5", "", "", "", ""]


def test_cells() -> None:
    shown = [shown_cell(cell) for cell in (None, True, 3, 1.5, 2**60, "x", [1, None, "b"], {"a": [1]})]
    assert shown == ["", "Yes", 3, 1.5, str(2**60), "x", "1, , b", "a: 1"]


def test_what_is_a_table() -> None:
    assert is_table([{"a": 1}])
    assert not any(is_table(value) for value in ([], [1], [{"a": 1}, 2], {"a": 1}, None))


def test_answers_in_words() -> None:
    options = [{"key": "0", "label": "Red"}, {"key": "1", "label": "Blue"}]
    assert in_words(field("select.single", options=options), "1") == "Blue"
    assert in_words(field("select.single", options=options), None) == "–"
    assert in_words(field("select.multiple", options=options), ["0", "1"]) == "Red, Blue"
    assert in_words(field("select.multiple", options=options), None) == "–"
    assert in_words(field("input.number", currency="JPY"), -1500) == "¥ -1,500"
    assert in_words(field("input.number"), 2026) == "2026"
    assert in_words(field("input.boolean"), False) == "No"
    assert (
        in_words(field("input.number", currency="EUR", whole=False, decimals=2), "1234567890.10")
        == "€ 1,234,567,890.10"
    )
    assert in_words(field("input.number"), 0) == "0"
    assert in_words(field("input.datetime"), "2026-01-02T03:04:00") == "Jan 2, 2026, 3:04 AM"
    assert in_words(field("input.text"), None) == "–"
    assert in_words(field("input.text"), "<b>") == "<b>"
