"""Restival's own classes have stable names in stored data, so they can move."""

import collections
import json
import typing
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel

import restival
import restival.auth.oidc
import restival.components
from restival.access.assignment import Vote
from restival.access.person import Person
from restival.actions.context import ActionInfo, TransactionInfo
from restival.auth.refusals import SignInRefused
from restival.engine.client.recorded_values import plain_text, recorded_traceback
from restival.engine.client.timeline import FAILED
from restival.engine.restate.codec import NotRecordable, decode, encode
from restival.engine.restate.codec.names import named
from restival.engine.restate.codec.own_names import BEFORE, NAMES, PLACES, is_own
from restival.engine.restate.codec.pack import EXACT, KINDS
from restival.engine.restate.codec.simple import SIMPLE
from restival.engine.restate.recorded_result import RecordedError
from restival.io.approve import Decision
from restival.io.core.component import Chosen, IOCall
from restival.io.display.heading import HeadingProps
from restival.io.group import Record
from restival.io.input.file import File
from restival.io.input.presigned import FileState
from restival.io.input.url import Url
from restival.io.table.paging import FetchedTableData, TablePage

ADA = Person(name="Ada", email="ada@example.com")
NOW = datetime(2026, 3, 1, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "ActionInfo": ActionInfo(slug="pay", url="/pay"),
    "Chosen": Chosen("send", 2),
    "Decision": Decision(approved=True, by=[Vote(by=ADA, at=NOW, approved=True)]),
    "FetchedTableData": FetchedTableData([1], 1),
    "File": File(id="t/1", name="a.txt", size=3),
    "FileState": FileState(name="a.txt", size=3),
    "Person": ADA,
    "RecordedError": RecordedError("ValueError", "m", "t"),
    "TablePage": TablePage(),
    "TransactionInfo": TransactionInfo(id="t", url="/t/t", started_at=NOW),
    "Vote": Vote(by=ADA, at=NOW, approved=True),
}
NO_VALUES = {"PageContext", "PageInfo", "Record", "Schedule", "Url"}
"""These are recorded as type arguments at most, as in `Box[Url]`."""


def is_recordable(kind: type) -> bool:
    return kind in EXACT or kind in SIMPLE or any(fits(kind) for fits, pack in KINDS if pack.__name__ != "_refuse")


def classes_in(hint: Any) -> Iterator[type]:
    """Yields the classes in a type, at any depth."""
    if isinstance(hint, type) and typing.get_origin(hint) is None:
        yield hint
    for inner in typing.get_args(hint):
        yield from classes_in(inner)


def hints_of(item: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(item)
    except (NameError, TypeError):  # some imports exist for type checks only
        return {}


def reached_from(*items: Any) -> set[type]:
    """Returns the classes of Restival that authors can reach: public names, attributes, and values of questions."""
    found: set[type] = set()
    waiting = list(items)
    while waiting:
        kind = waiting.pop()
        if not isinstance(kind, type) or not is_own(kind) or kind in found:
            continue
        found.add(kind)
        if issubclass(kind, IOCall):
            waiting += [each for base in vars(kind).get("__orig_bases__", ()) for each in classes_in(base)]
            continue
        waiting += [each for hint in hints_of(kind).values() for each in classes_in(hint)]
        waiting += [item for item in vars(kind).values() if isinstance(item, type)]  # such as io.input
    return found


def test_every_recordable_class_that_authors_reach_has_a_name() -> None:
    public = [getattr(module, name) for module in (restival, restival.components) for name in module.__all__]
    reached = reached_from(*public)
    assert {File, FileState, Decision, Vote, Person, TransactionInfo, ActionInfo} <= reached
    nameless = {f"{kind.__module__}:{kind.__qualname__}" for kind in reached if is_recordable(kind)} - NAMES.keys()
    assert not nameless, "add them to restival/engine/restate/codec/own_names.py"


def test_a_class_without_a_name_is_refused() -> None:
    with pytest.raises(NotRecordable, match="a HeadingProps can't be recorded: it is internal to Restival"):
        encode(HeadingProps())


@pytest.mark.parametrize("name", PLACES)
def test_each_name_leads_to_its_class(name: str) -> None:
    kind = named(name)
    assert f"{kind.__module__}:{kind.__qualname__}" == PLACES[name]
    assert name == f"restival:{kind.__qualname__}"


@pytest.mark.parametrize("before", BEFORE)
def test_each_older_name_leads_to_the_same_class(before: str) -> None:
    assert named(before) is named(BEFORE[before])


@pytest.mark.parametrize("name", VALUES)
def test_records_contain_no_path_and_older_records_are_read(name: str) -> None:
    value = VALUES[name]
    record = encode(value)
    assert json.loads(record)["t"] == f"restival:{name}"
    assert "restival." not in record.decode()
    assert decode(record) == value
    before = next(before for before, now in BEFORE.items() if now == f"restival:{name}")
    assert decode(record.replace(f'"restival:{name}"'.encode(), f'"{before}"'.encode())) == value


def test_each_name_is_tested() -> None:
    assert {name.partition(":")[2] for name in PLACES} == VALUES.keys() | NO_VALUES


def test_as_type_arguments_they_have_the_same_names() -> None:
    value = collections.defaultdict(Url, {"a": Url("https://example.com")})
    record = encode([value, collections.defaultdict(Record)])
    assert [each["t"] for each in json.loads(record)] == ["restival:Url", "restival:Record"]
    back = decode(record)
    assert [each.default_factory for each in back] == [Url, Record]
    assert back[0] == value


def test_classes_of_authors_are_not_own() -> None:
    class Local(BaseModel):
        pass

    assert not is_own(Local)
    assert not is_own(type("Odd", (), {"__module__": "restivality"}))


def test_values_of_a_group_come_back_as_a_record() -> None:
    value = Record(name="Ada", file=VALUES["File"], odd={"$": 1})
    back = decode(encode([value]))[0]
    assert (back, type(back), back.name) == (value, Record, "Ada")
    assert json.loads(plain_text(encode(Record(a=1)).decode())) == {"a": 1}


@pytest.mark.parametrize("name", ["restival:RecordedError", "restival.engine.journal:_RecordedError"])
def test_a_recorded_error_is_read_by_both_names(name: str) -> None:
    record = encode(VALUES["RecordedError"]).decode().replace("restival:RecordedError", name)
    assert recorded_traceback(record.encode()) == "t"
    found = FAILED.match(record)
    assert found is not None and (found[1], found[2]) == ('"ValueError"', '"m"')


def test_the_audit_log_contains_these_class_names() -> None:
    """Why a sign-in was refused is stored as the name of the error's class: keep the name if you rename the class."""
    names = {kind.__name__ for kind in SignInRefused.__subclasses__()}
    assert names == {
        "LinkRefused",
        "Locked",
        "ProviderRefused",
        "SecondFactorNeeded",
        "TooBusy",
        "WrongCode",
        "WrongPassword",
    }
