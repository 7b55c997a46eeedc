"""What is read of a page: names that stay, links for the reader only, files for the reader only."""

import asyncio
from typing import Any

import pytest

from restival import IO, Layout, PageContext, Person, TablePage
from restival.io.core.file_content import FileGone
from restival.io.core.urls import links_for
from restival.pages.files import PageFiles, Shelf
from restival.pages.render import PartFailed, RenderedPage

ANN, BEN = Person(name="Ann", email="ann@example.com"), Person(name="Ben", email="ben@example.com")


def anywhere(route: str) -> bool:
    return True


def reading(layout: Layout, shelf: Shelf | None = None, leads: Any = anywhere) -> RenderedPage:
    return RenderedPage(layout, shelf or PageFiles().shelf("page", ANN), leads)


def test_names_stay_when_others_come_and_layouts_have_theirs() -> None:
    table = IO.display.table("Orders", data=[{"a": 1}])
    first = reading(Layout(children=[IO.layout.card("Box", [table])]))
    second = reading(
        Layout(
            children=[
                IO.display.markdown("New"),
                IO.layout.card("Box", [IO.display.table("Orders", data=[{"a": 2}])]),
                IO.layout.card("Box", [IO.display.heading("Late")]),
            ]
        )
    )
    assert first.top == ["layout.card:Box"]
    assert second.top == ["display.markdown:", "layout.card:Box", "layout.card:Box#2"]
    assert first.spec("layout.card:Box").props == second.spec("layout.card:Box").props
    assert second.spec("display.table:Orders").props["rows"] == [[2]]


async def test_links_that_lead_the_reader_nowhere_are_left_out() -> None:
    def leads(route: str) -> bool:
        return route != "shop/refund"

    refund: Any = {"label": "Refund", "route": "/shop/refund/", "params": {"id": 1}}
    look: Any = {"label": "Look", "route": "shop/look"}
    with links_for(leads):
        layout = Layout(
            menu_items=lambda: [refund, look],
            children=[
                IO.display.link("Refund", route="shop/refund"),
                IO.layout.card("Box", [IO.display.link("Refund", route="shop/refund"), IO.display.heading("Rest")]),
                IO.display.table("Rows", data=[{"a": 1}], row_menu_items=lambda row: [refund, look]),
                IO.display.metadata("Facts", data=[{"label": "Open", "value": 3, "route": "shop/refund"}]),
                IO.display.heading("Head", menu_items=[refund]),
            ],
        )
    shown = reading(layout, leads=leads)
    told = [shown.spec(key).model_dump_json() for key in shown.components]
    assert "refund" not in "".join(told).lower()
    assert [item.label for item in await shown.menu_items()] == ["Look"]
    assert "layout.card:Box" in shown.top and "display.link:Refund" not in shown.components


async def test_rows_are_asked_for_live_and_what_is_raised_is_told() -> None:
    async def rows(page: TablePage) -> tuple[list[dict[str, Any]], int]:
        if page.query_term:
            raise RuntimeError("the rows are out")
        return [{"n": page.offset + at} for at in range(page.page_size)], 1000

    shown = reading(Layout(children=[IO.display.table("Rows", get_data=rows, default_page_size=2)]))
    [key] = shown.top
    assert shown.is_slow(key)
    assert (await shown.prefetch(key)).props["total"] == 1000
    wanted = {"offset": 4, "query": "", "sort": None, "down": False}
    assert [row["cells"] for row in (await shown.ask(key, "page", wanted))["rows"]] == [[4], [5]]
    with pytest.raises(PartFailed, match="the rows are out"):
        await shown.ask(key, "page", {**wanted, "query": "x"})
    with pytest.raises(PartFailed, match="This page of rows doesn't exist"):
        await shown.ask(key, "page", {"offset": -1})


async def test_bytes_are_kept_while_they_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("restival.pages.files.GRACE_SECONDS", 0)
    files = PageFiles()
    shelves = [files.shelf("page", ANN), files.shelf("page", ANN), files.shelf("page", BEN)]
    urls = []
    for shelf in shelves:
        shown = reading(Layout(children=[IO.display.image("Dot", bytes=b"\x89PNG dot")]), shelf)
        urls.append((await shown.prefetch(shown.top[0])).props["url"])
    assert urls[0] == urls[1] != urls[2]
    file = urls[0].split("/")[3]
    assert files.known(file).content == b"\x89PNG dot"
    shelves[0].close()
    await asyncio.sleep(0.01)
    assert files.known(file).person == ANN
    shelves[1].close()
    await asyncio.sleep(0.01)
    with pytest.raises(FileGone):
        files.known(file)


def test_the_context_says_who_looks() -> None:
    assert PageContext.__annotations__.keys() == {"user", "params", "environment", "page"}
