"""What `@page` declares, and what it refuses."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from restival import IO, Layout, PageContext, Person, page
from restival.actions.action import DeclarationError
from restival.actions.declarations import MARK
from restival.pages.context import PageInfo
from restival.pages.files import PageFiles
from restival.pages.page import Page
from restival.pages.render import RenderedPage
from restival.site.project import load_project
from restival.ui.screens import TAKEN
from restival.ui.setup.component_scripts import release_names

PAGE = "from restival import Layout, page\n\n@page{options}\ndef {name}() -> Layout:\n    return Layout()\n"
ACTION = "from restival import action\n\n@action\nasync def {name}() -> None: ...\n"


def declared(body: Any) -> Page:
    found: Page = getattr(body, MARK)
    return found


def context(**params: str) -> PageContext:
    where = PageInfo(slug="late-orders", url="/late-orders")
    return PageContext(user=Person(name="Ann"), params=params, environment="test", page=where)


def write(project: Path, name: str, code: str) -> None:
    file = project / "actions" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code)


async def test_name_docstring_and_parameters_make_the_page() -> None:
    @page(icon="receipt", roles=["support"], refresh=timedelta(minutes=1))
    def late_orders(io: IO, ctx: PageContext, days: int = 3) -> Layout:
        """What is late."""
        return Layout(title=f"{ctx.user.name}, {days} days", children=[io.display.heading("Late")])

    made = declared(late_orders)
    assert (made.slug, made.title, made.description) == ("late-orders", "Late orders", "What is late.")
    assert (made.refresh, made.roles) == (60.0, ("support",))
    assert dict(made.injected) == {"io": "io", "ctx": "ctx"}
    assert made.inside("shop").group == "shop"
    layout = await made.read(context(), made.params(days="5"))
    assert layout.title == "Ann, 5 days"
    assert [each.label for each in layout.components.values()] == ["Late"]


async def test_an_async_function_is_a_page_too_and_anything_but_a_layout_is_refused() -> None:
    @page
    async def empty() -> Layout:
        return Layout()

    @page
    def odd() -> Layout:
        return "nothing"  # type: ignore[return-value]

    assert isinstance(await declared(empty).read(context(), declared(empty).params()), Layout)
    with pytest.raises(TypeError, match=r"a page must return restival.Layout\(…\), not str"):
        await declared(odd).read(context(), declared(odd).params())


async def test_a_page_of_intervals_sdk_runs_with_other_imports() -> None:
    async def total() -> str:
        return "3 refunds"

    @page(name="Refunds")
    async def refunds(display: IO.Display) -> Layout:
        return Layout(
            title="Refunds",
            description=total(),
            menu_items=[{"label": "Create refund", "route": "refunds/refund_user"}],
            children=[
                display.metadata("", layout="card", data=[{"label": "Total refunds", "value": 3}]),
                display.table("Refunds", data=[{"id": 1}]),
            ],
        )

    layout = await declared(refunds).read(context(), declared(refunds).params())
    shown = RenderedPage(layout, PageFiles().shelf("refunds", Person(name="Ann")), lambda route: True)
    assert shown.top == ["display.metadata:", "display.table:Refunds"]
    assert await shown.description() == "3 refunds"
    assert (await shown.menu_items())[0].href == "/refunds/refund_user"


def test_mistakes_are_told_with_what_to_write() -> None:
    for refresh in (0, -1, 0.1, "often", True):
        with pytest.raises(DeclarationError, match=r'test_declare.py:\d+: .*at least 0.5 seconds, or "change"'):
            page(refresh=refresh)(lambda: Layout())  # type: ignore[arg-type]
    with pytest.raises(DeclarationError, match="parameter x needs a type, such as x: str"):

        @page
        def untyped(x) -> Layout:  # type: ignore[no-untyped-def]
            return Layout()


def test_a_page_asks_nothing() -> None:
    with pytest.raises(ValueError, match=r"pages can't ask questions: use io.input.text\('Name'\)"):
        Layout(children=[IO.layout.card("Box", [IO.input.text("Name")])])


def test_pages_lie_in_folders_and_one_with_the_address_of_a_folder_stands_for_it(project: Path) -> None:
    write(project, "shop/orders.py", PAGE.format(name="orders", options=""))
    write(project, "shop/start.py", PAGE.format(name="start", options='(slug="")'))
    write(project, "about_staff.py", PAGE.format(name="staff", options=""))
    write(project, "staff/hire.py", ACTION.format(name="hire"))
    loaded = load_project(project, TAKEN, forget=release_names)
    assert loaded.problems == ()
    assert {slug: (each.group, each.is_index) for slug, each in loaded.pages.items()} == {
        "shop": ("shop", True),
        "shop/orders": ("shop", False),
        "staff": ("staff", True),
    }


def test_an_address_is_one_thing_only_and_those_of_the_app_are_taken(project: Path) -> None:
    write(project, "a.py", ACTION.format(name="orders"))
    write(project, "b.py", PAGE.format(name="orders", options=""))
    write(project, "c.py", PAGE.format(name="history", options=""))
    write(project, "d.py", PAGE.format(name="top", options='(slug="")'))
    loaded = load_project(project, TAKEN, forget=release_names)
    assert list(loaded.registry) == ["orders"]
    assert not loaded.pages
    assert [str(problem) for problem in loaded.problems] == [
        "actions/b.py:3: the address orders is taken by actions/a.py:3: rename one, or give it another slug",
        "actions/c.py:3: the address history is reserved for the app: rename it, or give it another slug",
        "actions/d.py:3: the address / is reserved for the app: rename it, or give it another slug",
    ]
