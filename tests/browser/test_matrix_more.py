"""The fields that are more than a line or options, in every state that a field has: by label and role, by keyboard."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import FileChooser, Locator, Page, expect

from tests.browser.test_matrix import light_fields, proceed

REQUIRED = "This field is required."


async def opened(page: Page, which: str) -> None:
    await page.goto(f"/forms/more-{which}")
    await expect(page.get_by_role("button", name="Continue")).to_be_visible()


class Form:
    """The fields on the page; those of an optional form say so in their names."""

    def __init__(self, page: Page, ending: str = "") -> None:
        self.discount = page.get_by_role("textbox", name=f"Discount{ending}", exact=True)
        self.express = page.get_by_role("switch", name="Express")
        self.guests = page.get_by_role("grid", name="Guests")
        self.cell = page.get_by_role("textbox", name="Guests: name, row 1", exact=True)
        self.owner = page.get_by_role("combobox", name=f"Owner{ending}", exact=True)
        self.chosen = page.get_by_role("list", name="Chosen for Owner").get_by_role("listitem")
        self.winner = page.get_by_role("checkbox", name="Select Ada", exact=True)
        self.pin = page.get_by_label(f"PIN{ending}", exact=True)


async def fill_by_keyboard(page: Page, form: Form) -> None:
    await form.discount.focus()
    await page.keyboard.type("15")
    await form.express.focus()
    await page.keyboard.press("Space")
    await form.cell.focus()
    await page.keyboard.type("Grace")
    await page.keyboard.press("Enter")
    await form.owner.focus()
    await page.keyboard.type("cy")
    await expect(page.get_by_role("option", name="Cy")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(form.chosen).to_contain_text("Cy")
    await form.winner.focus()
    await page.keyboard.press("Space")
    await expect(page.get_by_text("1 selected")).to_be_visible()


async def test_required_fields_say_what_is_missing_and_are_filled_in_by_keyboard(page: Page) -> None:
    await opened(page, "required")
    form = Form(page)
    for label in ("Discount", "Express", "Guests", "Owner", "Winners", "PIN"):
        await expect(page.get_by_text(f"About {label}.")).to_be_visible()
    await proceed(page)
    await expect(page.get_by_role("alert").filter(has_text=REQUIRED)).to_have_count(5)  # a switch that is off says no
    for field in (form.discount, form.owner, form.pin):
        await expect(field).to_have_attribute("aria-invalid", "true")
        await expect(field).to_have_accessible_description(f"About {await named(field)}. {REQUIRED}")
    await fill_by_keyboard(page, form)
    await form.pin.focus()
    await page.keyboard.type("123")
    await page.wait_for_timeout(500)
    await page.reload()
    await expect(form.discount).to_have_value("15")
    await expect(form.express).to_be_checked()
    await expect(form.guests.get_by_role("gridcell").first).to_have_text("Grace")
    await expect(form.chosen).to_contain_text("Cy")
    await expect(form.winner).to_be_checked()
    await expect(form.pin).to_have_value("")  # a secret isn't kept before it is sent
    await form.pin.fill("123")
    await proceed(page)
    await expect(form.pin).to_have_accessible_description("About PIN. Enter at least 4 characters.")
    await form.pin.fill("1234")
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    answers = page.locator(".r-answered")
    for text in ("15", "Yes", "Grace", "Cy", "ada@example.com", "••••"):
        await expect(answers).to_contain_text(text)
    for role in ("textbox", "combobox", "switch", "slider", "checkbox"):
        await expect(answers.get_by_role(role)).to_have_count(0)  # type: ignore[arg-type]
    assert "1234" not in await page.content()


async def named(field: Locator) -> str:
    return str(await field.evaluate("(field) => field.labels?.[0]?.textContent.trim() || field.ariaLabel"))


async def test_defaults_are_there_and_can_be_cleared(page: Page) -> None:
    await page.emulate_media(color_scheme="dark")
    await opened(page, "default")
    form = Form(page)
    await expect(form.discount).to_have_value("20")
    await expect(form.express).to_be_checked()
    await expect(form.guests.get_by_role("gridcell").first).to_have_text("Ada")
    await expect(form.chosen).to_contain_text("Bob")
    await expect(form.winner).to_be_checked()
    assert await light_fields(page) == []
    await form.discount.fill("")
    await form.express.click()
    await form.cell.focus()
    await page.keyboard.press("Delete")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Delete")
    await page.get_by_role("button", name="Remove Bob").click()
    await form.winner.uncheck()
    await proceed(page)
    await expect(page.get_by_role("alert").filter(has_text=REQUIRED)).to_have_count(4)
    await form.discount.fill("17")
    await form.winner.check()
    await fill_owner(page, form)
    await form.guests.get_by_role("gridcell").first.click()
    await page.keyboard.type("Eve")
    await page.keyboard.press("Tab")
    await page.keyboard.type("old")
    await page.keyboard.press("Enter")
    await proceed(page)
    await expect(form.discount).to_have_accessible_description(
        "About Discount. Enter a number in steps of 5, starting at 0."
    )
    await expect(form.discount).to_have_value("17")
    await expect(form.guests.get_by_role("gridcell").nth(1)).to_have_attribute("aria-invalid", "true")
    await expect(form.guests.get_by_role("gridcell").nth(1)).to_have_text("old")


async def fill_owner(page: Page, form: Form) -> None:
    await form.owner.fill("ada")
    await page.get_by_role("option", name="Ada").click()


async def test_disabled_fields_show_their_default_and_keep_it(page: Page) -> None:
    await opened(page, "disabled")
    form = Form(page)
    await expect(form.discount).not_to_be_editable()
    for control in (page.get_by_role("slider", name="Discount, slider"), form.express, form.winner):
        await expect(control).to_be_disabled()
    await expect(page.get_by_role("combobox", name="Owner")).to_have_count(0)
    for button in ("Remove Bob", "Add row", "Import file"):
        await expect(page.get_by_role("button", name=button)).to_have_count(0)
    await form.cell.focus()
    await page.keyboard.type("Other")
    await page.keyboard.press("Enter")
    await proceed(page)
    result = page.get_by_role("region", name="Result")
    for text in ("20", "Ada", "Bob", "bob@example.com"):
        await expect(result).to_contain_text(text)
    await expect(result).not_to_contain_text("Other")


async def test_optional_fields_may_be_left_empty(page: Page) -> None:
    await opened(page, "optional")
    form = Form(page, " (optional)")
    await expect(form.discount).to_have_value("")
    await expect(form.owner).to_have_value("")
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()


async def test_a_file_is_chosen_by_keyboard_and_stands_as_a_default(page: Page, tmp_path: Path) -> None:
    paper, picture = tmp_path / "paper.txt", tmp_path / "goods.png"
    paper.write_text("hello")
    picture.write_bytes(b"x")
    choosers: asyncio.Queue[FileChooser] = asyncio.Queue()
    page.on("filechooser", choosers.put_nowait)  # from the beginning: a key is quicker than Playwright's word of it
    await page.goto("/forms/more-files")
    scan = page.get_by_role("group", name="Scan")
    choose = scan.get_by_role("button", name="Choose file")
    await expect(choose).to_have_accessible_description(
        re.compile(r"^or drop it here \(\.txt, up to .+\) About Scan\.$")
    )
    await proceed(page)
    await expect(scan.get_by_role("alert")).to_have_text(REQUIRED)
    for file, told in ((picture, "goods.png isn't a .txt file"), (paper, "Remove paper.txt")):
        await choose.focus()
        await page.keyboard.press("Enter")
        chooser = await asyncio.wait_for(choosers.get(), 10)
        await chooser.set_files(file)
        refused = scan.get_by_role("alert").filter(has_text=told)
        await expect(refused.or_(scan.get_by_role("button", name=told))).to_be_visible()
    await page.wait_for_timeout(500)
    await page.reload()
    await expect(scan.get_by_role("listitem")).to_contain_text("paper.txt")
    await proceed(page)
    again, fixed = page.get_by_role("group", name="Again"), page.get_by_role("group", name="Fixed")
    for group in (again, fixed, page.get_by_role("group", name="Others")):
        await expect(group.get_by_role("listitem")).to_contain_text("paper.txt")
    await expect(fixed.get_by_role("button", name="Remove paper.txt")).to_have_count(0)
    await expect(fixed.get_by_role("button", name="Choose file")).to_have_count(0)
    await again.get_by_role("button", name="Remove paper.txt").click()
    await proceed(page)
    await expect(again.get_by_role("alert")).to_have_text(REQUIRED)
    await again.get_by_role("button", name="Choose file").click()
    chooser = await asyncio.wait_for(choosers.get(), 10)
    await chooser.set_files(paper)
    await expect(again.get_by_role("button", name="Remove paper.txt")).to_be_visible()
    await proceed(page)
    result = page.get_by_role("region", name="Result")
    for text in ("hello", "paper.txt", "1"):
        await expect(result).to_contain_text(text)
    await expect(page.locator(".r-answered").get_by_role("button", name="Choose file")).to_have_count(0)
