"""Only what `render_cell` has returned is a rich cell."""

from typing import Any

import pytest

from restival.io.table.cells import MARK, ShownCell, cell_json, cell_to_text, rendered, stored_cell
from restival.io.table.columns import table_props
from restival.io.table.paging import TablePage
from restival.io.table.stored_rows import _pages
from restival.ui.screens.transaction.result import _table
from restival.ui.widgets.base.rows_html import answer_table
from restival.ui.widgets.table.grid import shown_cell

EVIL = {MARK: {"label": "click me", "href": "javascript:alert(1)"}}
BROKEN = {MARK: {"highlight": "nope"}}
OPTIONS: Any = {"default_page_size": None, "orientation": "horizontal", "is_sortable": True, "is_filterable": True}


@pytest.mark.parametrize("data", [EVIL, BROKEN, {MARK: 1}, {MARK: {"label": "a", "href": "https://a.example"}}])
def test_data_that_looks_like_a_rich_cell_is_text(data: Any) -> None:
    for cell in (
        table_props([{"x": data}], None, OPTIONS)["rows"][0][0],
        table_props([{"x": data}], [{"label": "X", "render_cell": lambda row: row["x"]}], OPTIONS)["rows"][0][0],
        _table([{"x": data}]).rows[0][0],
        cell_json(data),
    ):
        assert isinstance(cell, str) and cell.startswith("$cell: ")
        assert shown_cell(cell) == cell
    shown = answer_table(["X"], [[data]])  # as a spreadsheet's answer has it
    assert "<a " not in shown and "r-hl" not in shown


def test_what_render_cell_returns_is_a_rich_cell() -> None:
    column = {"label": "X", "render_cell": lambda row: {"label": row, "url": "/a", "highlight_color": "red"}}
    [[cell]] = table_props(["x"], [column], OPTIONS)["rows"]  # type: ignore[list-item]
    assert cell == {MARK: {"label": "x", "href": "/a", "highlight": "red"}}
    assert shown_cell(cell) == {"label": "x", "href": "/a", "highlight": "red"}
    shown = stored_cell(cell)
    assert isinstance(shown, ShownCell) and cell_to_text(shown) == "x"
    assert 'href="/a"' in answer_table(["X"], [[shown]])


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "data:text/html,x", " /x"]
)
def test_links_are_checked_again_where_they_are_drawn(link: str) -> None:
    """Also in what was stored before."""
    stored = {MARK: {"label": "a", "href": link, "image": link}}
    assert shown_cell(stored) == {"label": "a"}
    drawn = answer_table(["X"], [[stored_cell(stored)]])
    assert "href" not in drawn and "<img" not in drawn


def test_what_cant_be_a_rich_cell_is_shown_as_it_is() -> None:
    assert shown_cell(BROKEN) == "$cell: highlight: nope"


def test_a_rich_cell_is_sorted_and_found_in_a_kept_table() -> None:
    rows = ['["X"]', '[[{"$cell": {"label": "ten", "value": 10}}]]', '[[{"$cell": {"label": "two", "value": 2}}]]']
    pages = _pages("\n".join(rows))
    found, _ = pages(TablePage(0, 10, "", "0", "asc"))
    assert [row[1][0][MARK]["value"] for row in found] == [2, 10]
    assert pages(TablePage(0, 10, "ten", None, "asc"))[1] == 1


def test_rendered_refuses_links_that_lead_elsewhere() -> None:
    with pytest.raises(ValueError, match="must start with"):
        rendered({"label": "a", "url": "javascript:alert(1)"}, "X")
