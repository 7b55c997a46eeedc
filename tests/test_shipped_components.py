"""The components in this repository's own `components/`: what they accept and what they refuse."""

import base64
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from restival.io.core.call import InvalidAnswer
from restival.io.core.registry import COMPONENTS, check_answers
from restival.site.project import load_project
from restival.ui.setup.component_scripts import release_names

ROOT = Path(__file__).parent.parent
PNG = b"\x89PNG\r\n\x1a\n and more"
DRAWING = "data:image/png;base64," + base64.b64encode(PNG).decode()
PLACE = {"street": "High St 1", "postcode": "10115", "city": "Berlin", "country": "Germany"}


@pytest.fixture(autouse=True)
def _loaded(project: Path) -> Iterator[None]:
    loaded = load_project(ROOT, forget=release_names)
    assert loaded.problems == ()
    with COMPONENTS.provided(lambda: loaded.components):
        yield
    load_project(project, forget=release_names)  # an empty one


def made(name: str, **keywords: Any) -> Any:
    return getattr(import_module(f"components.{name.lower()}"), name)("x", **keywords)


def value(component: Any, answer: Any) -> Any:
    return component.value_of(check_answers([component.spec("0")], {"0": answer})["0"])


def refusal(component: Any, answer: Any) -> dict[str, str]:
    with pytest.raises(InvalidAnswer) as refused:
        value(component, answer)
    return refused.value.errors


def test_ratings() -> None:
    assert value(made("Rating"), 1) == 1
    assert value(made("Rating", max=10), 10) == 10
    for bad in (0, 6, -1):
        assert refusal(made("Rating"), bad) == {"0": "Please choose 1 to 5 stars."}
    with pytest.raises(ValueError, match="less than or equal to 10"):
        made("Rating", max=11)


def test_signatures() -> None:
    drawn = value(made("Signature"), {"drawing": DRAWING, "name": None})
    assert (drawn.png, drawn.name) == (PNG, None)
    typed = value(made("Signature"), {"name": " Ada "})
    assert (typed.png, typed.name) == (None, "Ada")


NEITHER = "Please draw your signature or type your name."
AGAIN = "Please draw the signature again."


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({}, NEITHER),
        ({"name": "  "}, NEITHER),
        ({"drawing": DRAWING, "name": "Ada"}, NEITHER),
        ({"drawing": "https://example.com/x.png"}, AGAIN),
        ({"drawing": "data:image/svg+xml;base64,PHN2Zz4="}, AGAIN),
        ({"drawing": "data:image/png;base64,PHN2Zz4="}, AGAIN),
        ({"drawing": "data:image/png;base64,%%%"}, AGAIN),
        ({"drawing": DRAWING + "A" * 300_000}, AGAIN),
    ],
)
def test_what_is_no_signature_is_refused(answer: Any, message: str) -> None:
    assert refusal(made("Signature"), answer) == {"0": message}


def test_addresses() -> None:
    place = value(made("Address"), PLACE | {"street": " High  St 1 "})
    assert str(place) == "High St 1\n10115 Berlin\nGermany"
    assert refusal(made("Address"), PLACE | {"city": " ", "street": ""}) == {
        "0.street": "Please enter the street and number.",
        "0.city": "Please enter the city.",
    }
    assert "0.street" in refusal(made("Address"), PLACE | {"street": "x" * 201})


async def test_addresses_are_looked_up_where_the_action_can() -> None:
    place = import_module("components.address").Place(**PLACE)

    async def known(typed: str) -> list[Any]:
        return [place] * 20 if typed == "High" else []

    asked = made("Address", lookup=known)
    assert asked.spec("0").props == {"suggests": True}
    assert await asked.on_event("lookup", "High") == [PLACE] * 8
    assert await asked.on_event("lookup", "Low") == []
    for component, name, payload in ((asked, "other", "x"), (asked, "lookup", 3), (made("Address"), "lookup", "x")):
        with pytest.raises(InvalidAnswer):
            await component.on_event(name, payload)
