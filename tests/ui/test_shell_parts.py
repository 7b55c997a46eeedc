"""What the frame works out: folders, which link belongs to which page, and start forms filled from a link."""

import enum

import pytest
from starlette.datastructures import QueryParams

from restival import IO, action
from restival.actions.action import Action
from restival.io.core.call import Json
from restival.ui.forms.prefill import prefilled
from restival.ui.session.listing import by_folder, folder_title, lies_in
from restival.ui.shell.navigation import place_of
from tests.conftest import declared


@action
async def hello(io: IO) -> None: ...


class Size(enum.Enum):
    SMALL = "small"
    LARGE = "large"


@action
async def order(io: IO, count: int, tags: list[str], size: Size = Size.SMALL, note: str | None = None) -> None: ...


def lying(*folders: str) -> list[Action]:
    return [declared(hello)[0].inside(folder) for folder in folders]


def test_actions_of_no_folder_come_first() -> None:
    assert list(by_folder(lying("shop", "", "people/new", "shop"))) == ["", "people/new", "shop"]


@pytest.mark.parametrize(
    ("lies", "folder", "inside"),
    [
        ("shop", "", True),
        ("shop", "shop", True),
        ("shop/old", "shop", True),
        ("shop2", "shop", False),
        ("shop", "shop/old", False),
    ],
)
def test_a_folder_holds_what_lies_below_it(lies: str, folder: str, inside: bool) -> None:
    assert lies_in(lying(lies)[0], folder) is inside


def test_folders_are_told_as_titles() -> None:
    assert folder_title("human_resources/new-people") == "Human resources / New people"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("", "/"),
        ("/shop/refund?email=a%40b.c#top", "/shop/refund"),
        ("/shop/", "/shop"),
        ("/t/shop.refund.abcdefgh01234567", "/shop/refund"),
        ("/t/nonsense", "/t/nonsense"),
    ],
)
def test_a_page_and_its_transactions_belong_to_one_link(path: str, place: str) -> None:
    assert place_of(path) == place


def filled(query: str) -> tuple[dict[str, Json], dict[str, str]]:
    [item] = declared(order)
    fields, errors = prefilled(item.start_form(), item.params, QueryParams(query))
    return {field.key: field.value for field in fields}, errors


def test_a_link_fills_the_start_form_by_the_types_of_the_parameters() -> None:
    values, errors = filled("count=3&tags=a&tags=b&size=large&other=1")
    assert (values["count"], values["tags"], errors) == (3, ["a", "b"], {})
    assert set(values) == {"count", "tags", "size", "note"}


@pytest.mark.parametrize("query", ["count=many", "size=huge"])
def test_a_value_that_does_not_fit_is_told_at_its_field(query: str) -> None:
    assert set(filled(query)[1]) == {query.partition("=")[0]}
