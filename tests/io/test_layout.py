"""Layouts: where fields stand changes nothing of a group's value."""

from typing import Any

import pytest

from restival import IO
from restival.io.core.call import InvalidAnswer
from restival.io.core.registry import check_answers
from restival.io.group import Group, Record

io = IO()


def shape(group: Group[Any]) -> dict[str, list[str]]:
    return {key: item.spec(key).props.get("children", []) for key, item in group.fields() if "layout" in item.name}


def test_a_record_is_flat() -> None:
    group = io.group(
        name=io.input.text("Name"),
        place=io.layout.card("Place", line=io.layout.row(street=io.input.text("Street"), city=io.input.text("City"))),
        rule=io.layout.divider(),
    )
    assert shape(group) == {"layout-1": ["layout-2"], "layout-2": ["street", "city"], "layout-3": []}
    values = group.collect({key: key.upper() for key, _ in group.fields()})
    assert values == {"name": "NAME", "street": "STREET", "city": "CITY"}
    assert isinstance(values, Record)
    assert values.city == "CITY"


def test_a_list_is_flat_and_in_reading_order() -> None:
    group = io.group(
        [
            io.layout.tabs(
                [
                    io.layout.section("One", [io.input.text("a"), io.layout.columns([io.input.text("b")], count=3)]),
                    io.layout.section("Two", [io.display.heading("h")]),
                ]
            ),
            io.input.text("c"),
        ]
    )
    assert shape(group) == {"layout-1": ["layout-2", "layout-4"], "layout-2": ["0", "layout-3"], "layout-3": ["1"]} | {
        "layout-4": ["2"]
    }
    assert group.collect({"0": "a", "1": "b", "2": None, "3": "c"} | dict.fromkeys(shape(group))) == [
        "a",
        "b",
        None,
        "c",
    ]


def test_only_fields_are_asked() -> None:
    group = io.group(box=io.layout.expansion("More", a=io.input.text("a")))
    specs = [component.spec(key) for key, component in group.fields()]
    assert check_answers(specs, {"a": "x"}) == {"a": "x"}
    with pytest.raises(InvalidAnswer, match="This field doesn't exist"):
        check_answers(specs, {"a": "x", "layout-1": "y"})
    assert not io.group(box=io.layout.card("Only to look at", h=io.display.heading("h"))).blocks


async def test_validators_of_fields_and_groups_see_the_flat_value() -> None:
    inner = io.input.text("a").validate(lambda text: "bad" if text == "x" else None)
    group = io.group(row=io.layout.row(a=inner)).validate(lambda record: f"all: {record}")
    assert await group.problems({"layout-1": None, "a": "x"}) == {"a": "bad"}
    assert await group.problems({"layout-1": None, "a": "y"}) == {"": "all: {'a': 'y'}"}


def test_mixed_ways_doubles_and_misplaced_layouts_are_told() -> None:
    with pytest.raises(ValueError, match="'b' is in a group with fields by keyword"):
        io.group(a=io.layout.row([io.input.text("b")]))
    with pytest.raises(ValueError, match="'b' is in a group with fields as a list"):
        io.group([io.layout.row(b=io.input.text("b"))])
    with pytest.raises(ValueError, match="two fields have the key 'a'"):
        io.group(a=io.input.text("a"), box=io.layout.row(a=io.input.text("again")))
    with pytest.raises(ValueError, match="not both"):
        io.layout.row([io.input.text("a")], b=io.input.text("b"))
    with pytest.raises(ValueError, match=r"takes one io\.layout\.section"):
        io.layout.tabs([io.layout.card("a")])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="less than or equal to 6"):
        io.layout.columns(count=7, a=io.input.text("a"))
    with pytest.raises(ValueError, match=r"put it in an io\.group"):
        io.layout.row([io.input.text("a")]).fields()
    with pytest.raises(ValueError, match="can't be in a group"):
        io.group(a=io.layout.row(b=io.confirm("Sure?")))
