"""Half a character, which no UTF-8 can hold, is refused where it comes in, and the field says so."""

from typing import Any

import pytest

from restival.errors import RestivalError
from restival.io.core.call import InvalidAnswer
from restival.io.core.component import Component
from restival.io.core.registry import check_answers
from restival.io.core.whole_text import check_event
from restival.io.input.code import CodeInput
from restival.io.input.json import JsonInput
from restival.io.input.rich_text import RichTextInput
from restival.io.input.spreadsheet import SpreadsheetInput
from restival.io.input.tags import TagsInput
from restival.io.input.text import TextInput
from restival.io.model.record import ListField, RecordField

HALF = "half \ud800"
ANSWERS: dict[str, tuple[Component[Any], Any, str]] = {
    "text": (TextInput("A"), HALF, "f"),
    "optional text": (TextInput("A").optional(), HALF, "f"),
    "rich text": (RichTextInput("A"), f"<b>{HALF}</b>", "f"),
    "code": (CodeInput("A"), HALF, "f"),
    "JSON as it is": (JsonInput("A"), f'"{HALF}"', "f"),
    "JSON by an escape": (JsonInput("A"), '{"a": ["\\ud800"]}', "f"),
    "JSON by an escape in a key": (JsonInput("A"), '{"\\udfff": 1}', "f"),
    "tags": (TagsInput("A"), ["a", HALF], "f"),
    "spreadsheet": (SpreadsheetInput("A", {"a": "string"}), [["a"], [HALF]], "f"),
    "in a record": (RecordField("A", {"x": TextInput("X")}), {"x": HALF}, "f.x"),
    "in a list": (ListField("A", TextInput("X")), ["a", HALF], "f.1"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_half_characters_are_refused_by_field(name: str) -> None:
    component, answer, path = ANSWERS[name]
    with pytest.raises(InvalidAnswer) as refused:
        check_answers([component.spec("f")], {"f": answer})
    assert refused.value.errors == {path: "The text contains invalid Unicode characters. Remove them."}


def test_whole_characters_are_taken() -> None:
    text = "a\U0001f600\u0000é"
    assert check_answers([TextInput("A").spec("f")], {"f": text}) == {"f": text}
    assert JsonInput("A").resolve('"\\ud83d\\ude00"') == "\U0001f600"
    assert check_answers([JsonInput("A").spec("f")], {"f": '"\\ud83d\\ude00"'})


def test_events_with_half_characters_are_refused() -> None:
    check_event({"query": "whole", "number": 1})
    for payload in (HALF, {"query": HALF}, [{HALF: 1}]):
        with pytest.raises(RestivalError, match="invalid Unicode"):
            check_event(payload)
