"""The spreadsheet, as people fill it in."""

import asyncio
import re
from pathlib import Path

from openpyxl import Workbook
from playwright.async_api import Locator, Page, expect

from tests.process import AppProcess


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


def people(page: Page) -> Locator:
    return page.get_by_role("group", name="People")


def row(page: Page, number: int) -> Locator:
    return people(page).get_by_role("row").nth(number)


def at(page: Page, column: str, number: int) -> Locator:
    """The input at a cell, while that is the active one."""
    return page.get_by_role("textbox", name=f"People: {column}, row {number:,}", exact=True)


async def choose_file(page: Page, path: Path) -> None:
    async with page.expect_file_chooser() as chooser:
        await people(page).get_by_role("button", name="Import file").click()
    await (await chooser.value).set_files(path)


async def put_on_clipboard(page: Page, text: str) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.evaluate("(text) => navigator.clipboard.writeText(text)", text)


async def test_rows_are_typed_by_keyboard_alone(page: Page) -> None:
    await page.goto("/forms/sheet")
    await page.get_by_label("Note").focus()
    await page.keyboard.press("Tab")
    for _ in range(2):  # the buttons that can be used
        await page.keyboard.press("Tab")
    await expect(at(page, "name", 1)).to_be_focused()
    await expect(people(page)).to_have_accessible_description(re.compile("Everybody who comes"))
    await page.keyboard.type("Ada")
    await page.keyboard.press("Tab")
    await page.keyboard.type("36")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Bob")
    await page.keyboard.press("Enter")
    await expect(at(page, "name", 3)).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("F2")
    await page.keyboard.type("by")
    await page.keyboard.press("Escape")
    await expect(row(page, 2).get_by_role("gridcell").first).to_have_text("Bob")
    await page.keyboard.press("End")
    await page.keyboard.type("no")
    await page.keyboard.press("Escape")
    await page.keyboard.type("no")
    await page.keyboard.press("Shift+Tab")
    await expect(at(page, "age", 2)).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    await expect(at(page, "age", 2)).not_to_be_focused()
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    shown = page.locator(".r-answered").get_by_role("row")
    await expect(shown).to_have_text(["nameagemember", "Ada36Yes", "Bob–No", "rate", "2.5"])
    await expect(page.locator(".r-answered").get_by_role("textbox")).to_have_count(0)
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Ada")


async def test_wrong_cells_are_marked_by_row_and_column(page: Page) -> None:
    await page.goto("/forms/sheet")
    await proceed(page)
    await expect(people(page).get_by_role("alert")).to_have_text("This field is required.")
    await expect(at(page, "name", 1)).to_be_focused()
    await page.keyboard.type("Ada")
    await page.keyboard.press("Tab")
    await page.keyboard.type("old")
    await proceed(page)
    await expect(people(page).get_by_role("alert")).to_have_text("Correct 2 cells.")
    await expect(at(page, "age", 1)).to_be_focused()
    wrong = people(page).get_by_role("gridcell").and_(page.locator("[aria-invalid=true]"))
    await expect(wrong).to_have_count(2)
    await people(page).get_by_role("button", name="Row 1, member: fill in this cell.").click()
    await page.keyboard.type("perhaps")
    await page.keyboard.press("Enter")
    await expect(people(page).get_by_role("alert")).to_have_text("Correct the highlighted cell.")
    await proceed(page)
    await expect(people(page).get_by_role("button", name="enter yes or no instead of “perhaps”")).to_be_visible()
    await people(page).get_by_role("button", name="Row 1, age: enter a number instead of “old”.").click()
    await page.keyboard.press("Delete")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.type("y")
    await expect(people(page).get_by_role("alert")).to_have_count(0)
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()


async def test_cells_are_copied_pasted_and_taken_back(page: Page) -> None:
    await page.goto("/forms/sheet")
    await at(page, "name", 1).focus()
    await put_on_clipboard(page, 'Name\tAge\tMember\r\nAda\t36\tyes\r\n"Bob ""the\nbuilder"""\t\tno\r\n')
    await page.keyboard.press("Control+v")
    await expect(row(page, 1).get_by_role("gridcell")).to_have_text(["Ada", "36", "yes"])
    await expect(row(page, 2).get_by_role("gridcell").first).to_have_text('Bob "the builder"')
    await expect(people(page).get_by_text("2 rows")).to_be_visible()
    await page.keyboard.press("Home")
    await page.keyboard.press("Shift+ArrowDown")
    await page.keyboard.press("Shift+End")
    await page.keyboard.press("Control+c")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Home")
    await page.keyboard.press("Control+v")
    await expect(people(page).get_by_text("4 rows")).to_be_visible()
    await expect(row(page, 4).get_by_role("gridcell").first).to_have_text('Bob "the builder"')
    await page.keyboard.press("Control+z")
    await expect(people(page).get_by_text("2 rows")).to_be_visible()
    await row(page, 1).get_by_role("gridcell").first.click()
    await people(page).get_by_role("button", name="Add row").click()
    await expect(at(page, "name", 2)).to_be_focused()
    await page.keyboard.type("Cleo")
    await row(page, 1).get_by_role("rowheader").click()
    await people(page).get_by_role("button", name="Remove row").click()
    await expect(row(page, 1).get_by_role("gridcell").first).to_have_text("Cleo")
    await expect(people(page).get_by_text("2 rows")).to_be_visible()


async def test_what_is_written_survives_a_reload(page: Page) -> None:
    await page.goto("/forms/sheet")
    await at(page, "name", 1).focus()
    await put_on_clipboard(page, "Ada\t36\nBob\t<b>40</b>")
    await page.keyboard.press("Control+v")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.type("half a w")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(row(page, 1).get_by_role("gridcell")).to_have_text(["Ada", "36", "half a w"])
    await expect(row(page, 2).get_by_role("gridcell")).to_have_text(["Bob", "<b>40</b>", ""])
    rates = page.get_by_role("grid", name="Rates")
    await expect(rates).to_have_attribute("aria-readonly", "true")
    await rates.get_by_role("gridcell").first.click()
    await page.keyboard.type("9")
    await expect(rates.get_by_role("gridcell").first).to_have_text("2.5")


async def test_a_csv_file_is_imported_with_its_columns_mapped(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_bytes("Full name;Member;Age\nÅda;yes;36\n\nBob;no;\n".encode("cp1252"))
    await page.goto("/forms/sheet")
    await at(page, "name", 1).fill("Before")
    await choose_file(page, path)
    dialog = page.get_by_role("dialog", name="Import guests.csv")
    await expect(dialog.get_by_role("switch", name="First row contains the column names")).to_be_checked()
    await expect(dialog.get_by_role("row").nth(1)).to_have_text("36yes")
    await dialog.get_by_role("combobox", name="name").click()
    await page.get_by_role("option", name="Full name").click()
    await expect(dialog.get_by_role("row").nth(1)).to_have_text("Åda36yes")
    await dialog.get_by_role("switch", name="Keep existing rows").click()
    await dialog.get_by_role("button", name="Import 2 rows").click()
    await expect(dialog).to_be_hidden()
    await expect(row(page, 2).get_by_role("gridcell")).to_have_text(["Åda", "36", "yes"])
    await expect(people(page).get_by_text("3 rows")).to_be_visible()
    await expect(people(page).get_by_role("button", name="Row 1, member: fill in this cell.")).to_be_visible()
    await at(page, "name", 1).focus()
    await page.keyboard.press("Control+z")
    await expect(people(page).get_by_text("1 row")).to_be_visible()


async def test_a_file_that_is_no_table_is_told(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing else")
    await page.goto("/forms/sheet")
    await choose_file(page, path)
    await expect(people(page).get_by_role("alert")).to_contain_text("broken.xlsx can't be read as XLSX.")


def workbook(path: Path, rows: int) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Name", "Age", "Member"])
    for number in range(rows):
        sheet.append([f"Person {number} with a name of some length", "old" if number == 7_000 else 40, number % 2 == 0])
    book.save(path)
    return path


async def test_ten_thousand_rows_are_imported_mended_kept_and_sent(page: Page, tmp_path: Path) -> None:
    page.set_default_timeout(30_000)
    await page.goto("/forms/many-rows")
    await choose_file(page, workbook(tmp_path / "many.xlsx", 10_000))
    await page.get_by_role("button", name="Import 10,000 rows").click()
    await expect(people(page).get_by_text("10,000 rows")).to_be_visible()
    assert await people(page).get_by_role("row").count() < 60
    await people(page).get_by_role("button", name="Row 7,001, age: enter a number instead of “old”.").click()
    await page.keyboard.type("41")
    await expect(people(page).get_by_role("alert")).to_have_count(0)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Control+End")
    await expect(at(page, "member", 10_001)).to_be_focused()
    await page.wait_for_timeout(1_000)
    await page.reload()
    await expect(people(page).get_by_text("10,000 rows")).to_be_visible()
    await proceed(page)
    await expect(page.get_by_text("10000 rows, 400001 years")).to_be_visible()
    await expect(page.locator(".r-answered")).to_contain_text("… and 9,950 more rows")


async def test_a_paste_of_many_rows_arrives_whole(page: Page) -> None:
    page.set_default_timeout(30_000)
    await page.goto("/forms/many-rows")
    await at(page, "name", 1).focus()
    await put_on_clipboard(page, "\n".join(f"{'ü' * 150}{number}\t1" for number in range(10_000)))
    await page.keyboard.press("Control+v")
    await expect(people(page).get_by_text("10,000 rows")).to_be_visible()
    await proceed(page)
    await expect(page.get_by_text("10000 rows, 10000 years")).to_be_visible()


async def test_cells_that_are_typed_while_the_app_is_away_are_there_afterwards(page: Page, app: AppProcess) -> None:
    await page.goto("/forms/sheet")
    await page.get_by_label("Note").fill("before")
    await row(page, 1).get_by_role("gridcell").first.click()
    await page.keyboard.type("Ada")
    await page.keyboard.press("Tab")
    await page.keyboard.type("36")
    await page.wait_for_timeout(500)
    await page.evaluate("window.before = true")
    app.kill()
    await page.wait_for_timeout(200)
    await page.keyboard.press("Tab")
    await page.keyboard.type("yes")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Bob")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.type("no")
    await page.keyboard.press("Enter")
    await page.get_by_label("Note").press("End")
    await page.keyboard.type(" and after")
    app.start(wait=0)
    await asyncio.to_thread(app.wait_ready)
    await page.wait_for_function("!window.before")  # the page has come back by itself
    cells = people(page).get_by_role("gridcell")
    await expect(cells.nth(3)).to_have_text("Bob", timeout=20_000)
    assert (await cells.all_text_contents())[:6] == ["Ada", "36", "yes", "Bob", "", "no"]
    await expect(page.get_by_label("Note")).to_have_value("before and after")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(cells.nth(3)).to_have_text("Bob")
    await page.wait_for_timeout(600)  # the reloaded page is connected
    await row(page, 3).get_by_role("gridcell").first.click()
    await page.keyboard.type("Cleo")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.type("no")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(cells.nth(6)).to_have_text("Cleo")
    assert (await cells.all_text_contents())[:9] == ["Ada", "36", "yes", "Bob", "", "no", "Cleo", "", "no"]
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    shown = page.locator(".r-answered").get_by_role("row")
    await expect(shown).to_have_text(["nameagemember", "Ada36Yes", "Bob–No", "Cleo–No", "rate", "2.5"])
