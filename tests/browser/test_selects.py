"""Selects, numbers and texts, as people fill them in."""

from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.chromium import context_of
from tests.process import AppProcess


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name)


async def test_one_of_few_by_mouse_and_keyboard(page: Page) -> None:
    await page.goto("/forms/selects")
    plans = page.get_by_role("radiogroup", name="Plan")
    await expect(plans).to_have_accessible_description("It can be changed.")
    await expect(plans.get_by_role("radio", name="Free")).to_be_checked()
    await expect(plans.get_by_role("radio", name="Team")).to_have_accessible_description("Ten <b>projects</b>")
    await plans.get_by_text("Ten <b>projects</b>").click()
    await expect(plans.get_by_role("radio", name="Team")).to_be_checked()
    await page.keyboard.press("ArrowUp")
    await expect(plans.get_by_role("radio", name="Free")).to_be_checked()
    reach = page.get_by_role("radiogroup", name="Reach (optional)")
    await reach.get_by_role("radio", name="Phone").check()
    await reach.get_by_role("button", name="Clear").click()
    await expect(reach.get_by_role("radio", name="Phone")).not_to_be_checked()
    for name in ("North", "South"):
        await expect(page.get_by_role("radio", name=name)).to_be_disabled()


async def test_a_menu_is_searched_by_typing(page: Page) -> None:
    await page.goto("/forms/selects")
    city = page.get_by_role("combobox", name="City", exact=True)
    await expect(city).to_have_attribute("placeholder", "Type a city")
    await city.press_sequentially("17")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(city).to_have_value("City 17")
    seen = page.get_by_role("combobox", name="Seen")
    await seen.press_sequentially("nowhere")
    await expect(page.get_by_text("No matching options")).to_be_visible()


async def test_several_of_few_with_limits(page: Page) -> None:
    await page.goto("/forms/selects")
    days = group(page, "Days")
    await expect(days).to_have_accessible_description("When?")
    await days.get_by_role("button", name="Select all").click()
    await expect(days.get_by_text("3 selected")).to_be_visible()
    await days.get_by_role("button", name="Select none").click()
    await expect(days.get_by_text("0 selected")).to_be_visible()
    await expect(days.get_by_role("checkbox", name="Mon")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(days.get_by_role("checkbox", name="Mon")).to_be_checked()
    pair = group(page, "Pair")
    await expect(pair.get_by_text("Choose exactly 2 options.")).to_be_visible()
    await pair.get_by_role("checkbox", name="a").check()
    await proceed(page)
    await expect(pair.get_by_role("alert")).to_have_text("Choose exactly 2 options.")
    await expect(pair.get_by_role("checkbox", name="a")).to_have_attribute("aria-invalid", "true")
    await pair.get_by_role("checkbox", name="c").check()
    await expect(pair.get_by_role("alert")).to_have_count(0)
    await expect(pair.get_by_role("checkbox", name="b")).to_be_disabled()
    await expect(pair.get_by_text("2 of 2 selected")).to_be_visible()
    await expect(pair.get_by_role("button", name="Select all")).to_have_count(0)


async def test_several_of_many_are_chips(page: Page) -> None:
    await page.goto("/forms/selects")
    seen = group(page, "Seen")
    await expect(seen.get_by_text("City 03")).to_be_visible()
    await expect(seen.get_by_text("1 of 3 selected")).to_be_visible()
    box = page.get_by_role("combobox", name="Seen")
    for city in ("City 11", "City 12"):
        await box.fill(city[-2:])
        await page.get_by_role("option", name=city).click()
    await expect(seen.get_by_text("3 of 3 selected")).to_be_visible()
    await box.press("Escape")
    await seen.get_by_role("button", name="Select none").click()
    await expect(seen.get_by_text("0 of 3 selected")).to_be_visible()
    offices = group(page, "Offices")
    await offices.get_by_role("button", name="Select all").click()
    await expect(offices.get_by_text("30 selected")).to_be_visible()
    fixed = group(page, "Fixed")
    await expect(fixed.get_by_text("City 08")).to_be_visible()
    await expect(fixed.get_by_role("button")).to_have_count(0)


async def test_choices_survive_a_reload_and_are_read_only_once_answered(page: Page) -> None:
    await page.goto("/forms/selects")
    await page.get_by_role("radio", name="Team").check()
    await page.get_by_role("combobox", name="City", exact=True).fill("05")
    await page.get_by_role("option", name="City 05").click()
    for name in ("a", "b", "Tue"):
        await page.get_by_role("checkbox", name=name).check()
    await proceed(page)
    await expect(page.get_by_text("This field is required.")).to_have_count(1)
    offices = page.get_by_role("combobox", name="Offices")
    await expect(offices).to_have_attribute("aria-invalid", "true")
    await expect(offices).to_have_accessible_description("This field is required.")
    await offices.fill("09")
    await page.get_by_role("option", name="City 09").click()
    await expect(offices).not_to_have_attribute("aria-invalid", "true")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_role("radio", name="Team")).to_be_checked()
    for name in ("a", "b", "Tue"):
        await expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    await expect(group(page, "Offices").get_by_text("City 09")).to_be_visible()
    await expect(page.get_by_role("combobox", name="City", exact=True)).to_have_value("City 05")
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    result = page.get_by_role("region", name="Result")
    for shown in ("team", "City 05", "['Tue']", "['a', 'b']", "['City 03']", "['City 09']", "['City 07', 'City 08']"):
        await expect(result).to_contain_text(shown)
    answered = page.locator(".r-answered")
    for shown in ("Team", "South", "a, b", "City 07, City 08"):
        await expect(answered).to_contain_text(shown)
    await expect(page.get_by_role("checkbox")).to_have_count(0)


async def test_numbers_are_grouped_while_they_are_not_edited(page: Page) -> None:
    await page.goto("/forms/numbers")
    price, yen = page.get_by_label("Price"), page.get_by_label("Yen")
    await expect(price).to_be_focused()
    await expect(price).to_have_value("1250000.50")
    await page.keyboard.press("Tab")
    await expect(price).to_have_value("1,250,000.50")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.type("-6000")  # Tab has selected all
    await expect(price).to_have_value("-6000")
    await yen.fill("1500.5")
    await page.get_by_label("Code").fill("abcd")
    await expect(price).to_have_value("-6,000.00")
    await proceed(page)
    await expect(page.get_by_text("Enter a number between -5,000.00 and 2,000,000.00.")).to_be_visible()
    await expect(page.get_by_text("Enter a whole number.")).to_be_visible()
    await expect(price).to_be_focused()
    await page.keyboard.type("-1234.5")
    await yen.fill("2,500")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_label("Year")).not_to_be_editable()
    await expect(page.get_by_label("Year")).to_have_value("2026")
    await expect(yen).to_have_value("2,500")
    await proceed(page)
    answered = page.locator(".r-answered")
    for shown in ("€ -1,234.50", "¥ 2,500", "2026", "abcd"):
        await expect(answered).to_contain_text(shown)
    await expect(page.get_by_role("region", name="Result")).to_contain_text("-1234.5")


async def test_lengths_are_told_before_the_form_is_sent(page: Page) -> None:
    await page.goto("/forms/numbers")
    code, letter = page.get_by_label("Code"), page.get_by_label("Letter")
    await expect(page.get_by_text("At least 3 characters.")).to_be_visible()
    await code.fill("ab")
    await expect(page.get_by_text("2 / 6")).to_be_visible()
    await letter.fill("hello\nworld!")
    await expect(page.get_by_role("alert").filter(has_text="Enter at least 3 characters.")).to_be_visible()
    await expect(code).to_have_attribute("aria-invalid", "true")
    told = "At least 3 characters. 2 of 6 characters. Enter at least 3 characters."
    await expect(code).to_have_accessible_description(told)
    await expect(page.get_by_label("Yen")).to_have_accessible_description("Without decimals.")
    await code.focus()
    await expect(page.get_by_text("Enter at most 10 characters.")).to_be_visible()
    await page.keyboard.type("c")
    await expect(page.get_by_role("alert").filter(has_text="Enter at least 3 characters.")).to_be_hidden()
    await letter.fill("")
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()


async def test_nothing_is_wider_than_a_phone_and_touch_edits_cells(browser: Browser, app: AppProcess) -> None:
    async with context_of(
        browser, app, wait=30_000, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        page = await context.new_page()
        for action in ("selects", "numbers", "sheet"):
            await page.goto(f"/forms/{action}")
            await page.get_by_role("button", name="Continue").wait_for()
            overflow = await page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, action
        cells = page.get_by_role("grid", name="People").get_by_role("gridcell")
        await cells.nth(4).tap()
        await page.keyboard.type("12")
        await cells.nth(5).tap()
        await expect(cells.nth(4)).to_have_text("12")
