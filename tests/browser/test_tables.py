"""Rich cells, menus of rows, pages and files of tables, and cards page by page."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.process import AppProcess
from tests.web.test_app import Caller


async def taken(page: Page, name: str, folder: Path) -> list[list[str]]:
    """The rows of a table's CSV."""
    async with page.expect_download() as download:
        await page.get_by_role("button", name=f"Download {name} as CSV").click()
    file = folder / "taken.csv"
    await (await download.value).save_as(file)
    return list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))


async def test_cells_link_show_pictures_and_are_sorted_by_their_value(page: Page, tmp_path: Path) -> None:
    await page.goto("/forms/rich")
    table = page.get_by_role("table", name="People")
    first = table.get_by_role("row").nth(1)
    await expect(first.get_by_role("link", name="Person 0 <b>")).to_be_visible()
    await expect(first.get_by_role("img", name="Face 0")).to_be_visible()
    await table.get_by_role("button", name="Person", exact=True).click()
    await expect(first).to_contain_text("Person 2")  # its value is the smallest
    rows = await taken(page, "People", tmp_path)
    assert rows[:2] == [["Person", "Face", "State", "at"], ["Person 2 <b>", "", "'=good;'-bad", "2"]]
    await first.get_by_role("link", name="Person 2 <b>").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Person 2")


async def test_the_menu_of_a_row_by_keyboard(page: Page) -> None:
    await page.goto("/forms/rich")
    await page.get_by_role("button", name="Actions for Person 1 <b>").first.focus()
    await page.keyboard.press("Enter")
    greet = page.get_by_role("link", name="Greet", exact=True)
    await expect(greet).to_be_visible()
    await expect(page.get_by_role("link", name="Away")).to_have_attribute("href", "https://example.com/1")
    await expect(page.get_by_role("link", name="Away")).to_have_attribute("target", "_blank")
    never = page.get_by_role("link", name="Never")
    await expect(never).to_be_disabled()
    assert await never.get_attribute("href") is None
    await page.keyboard.press("Escape")
    await expect(greet).to_be_hidden()
    await page.get_by_role("button", name="Actions for Person 1 <b>").first.click()
    await page.keyboard.press("Tab")
    await expect(greet).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Person 1")


async def test_pages_have_menus_links_and_a_file_of_all_rows(page: Page, app: AppProcess, tmp_path: Path) -> None:
    await page.goto("/forms/rich")
    table = page.get_by_role("table", name="Pages")
    await expect(table.get_by_role("row").nth(1)).to_contain_text("Person 0")
    await page.get_by_role("button", name="Next page").first.click()
    await expect(table.get_by_role("link", name="Person 7 <b>")).to_be_visible()
    await table.get_by_role("checkbox", name="Select Person 7 <b>").check()
    await table.get_by_role("button", name="Actions for Person 9 <b>").click()
    await expect(page.get_by_role("link", name="Away")).to_have_attribute("href", "https://example.com/9")
    await page.keyboard.press("Escape")
    rows = await taken(page, "Pages", tmp_path)
    assert len(rows) == 2_346
    assert rows[-1] == ["Person 2344 <b>", "", "'=good;'-bad", "2344"]
    app.kill()
    async with page.expect_event("load", timeout=30_000):
        app.start()
    await expect(page.get_by_text("1 selected")).to_be_visible()
    cards = page.get_by_role("region", name="Cards")
    await cards.get_by_role("button", name="Next page").click()
    await expect(cards.get_by_role("listitem").first).to_have_text("Person 4")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Person 7")
    answered = page.locator("dd").get_by_role("table")
    await expect(answered.get_by_role("link", name="Person 7 <b>")).to_be_visible()
    await expect(answered.get_by_role("img", name="Face 7")).to_be_visible()


async def test_cards_come_page_by_page(page: Page) -> None:
    await page.goto("/forms/rich")
    cards = page.get_by_role("region", name="Cards")
    await expect(cards.get_by_role("listitem")).to_have_text([f"Person {at}" for at in range(4)])
    await expect(cards.get_by_text("1–4 of 2,345")).to_be_visible()
    await cards.get_by_role("button", name="Next page").click()
    await expect(cards.get_by_role("listitem")).to_have_text([f"Person {at}" for at in range(4, 8)])
    await cards.get_by_role("button", name="Previous page").click()
    await expect(cards.get_by_role("listitem").first).to_have_text("Person 0")
    search = cards.get_by_role("searchbox", name="Filter Cards")
    await search.fill("person 2344")
    await expect(cards.get_by_role("listitem")).to_have_text(["Person 2344"])
    await expect(cards.get_by_text("1–1 of 1")).to_be_visible()
    await search.fill("nobody")
    await expect(cards.get_by_text("Nothing to show")).to_be_visible()
    await search.press("Enter")
    await search.fill("")
    await expect(cards.get_by_text("1–4 of 2,345")).to_be_visible()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_text("First 4 of 2,345")).to_be_visible()


@pytest.mark.parametrize("name", ["Lines", "Cards"])
async def test_how_many_there_are_is_only_said_where_it_is_known(page: Page, name: str) -> None:
    await page.goto("/forms/untold")
    cards = page.get_by_role("region", name="Cards")
    part = cards if name == "Cards" else page.locator(".r-grid")
    onwards = part.get_by_role("button", name="Next page")
    await expect(part.get_by_text("1–5, more available", exact=True)).to_be_visible()
    await onwards.click()
    await expect(part.get_by_text("6–10, more available", exact=True)).to_be_visible()
    await onwards.click()  # which turns out to be empty
    await expect(part.get_by_text("6–10 of 10", exact=True)).to_be_visible()
    await expect(part.get_by_text("Person 9")).to_be_visible()
    await expect(onwards).to_be_disabled()
    await part.get_by_role("button", name="Previous page").click()
    await expect(part.get_by_text("Person 0")).to_be_visible()


async def test_a_long_table_shown_alone_can_be_turned_sorted_found_and_taken(
    page: Page, app: AppProcess, tmp_path: Path
) -> None:
    await page.goto("/forms/long")
    await expect(page.get_by_text("Done", exact=True)).to_be_visible(timeout=30_000)
    table = page.get_by_role("table", name="Everybody")
    first = table.get_by_role("row").nth(1)
    await page.get_by_role("button", name="Next page").click()
    await expect(first).to_contain_text("Person 5 ")
    app.kill()
    async with page.expect_event("load", timeout=30_000):
        app.start()
    await expect(page.get_by_text("1–5 of 100,000")).to_be_visible()
    await table.get_by_role("button", name="Person", exact=True).click()
    await expect(first).to_contain_text("Person 99999")
    await page.get_by_label("Filter Everybody").fill("person 42429")
    await expect(table.get_by_role("row")).to_have_count(2)
    await table.get_by_role("button", name="Actions for Person 42429 <b>").click()
    await expect(page.get_by_role("link", name="Away")).to_have_attribute("href", "https://example.com/42429")
    rows = await taken(page, "Everybody", tmp_path)
    assert len(rows) == 100_001
    view = Caller(app)("GET", f"/api/transactions/{page.url.rpartition('/')[2]}")[1]
    assert len(json.dumps(view)) < 20_000, "the whole table is in the state"


async def test_a_cell_that_cannot_be_names_itself(page: Page) -> None:
    await page.goto("/forms/bad-colour")
    await expect(
        page.get_by_role("paragraph").get_by_text("column 'x', cell 'y': highlight_color 'mauve' isn't one of red, ")
    ).to_be_visible()
