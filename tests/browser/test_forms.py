"""Each kind of field, as people fill it in."""

import re

from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.chromium import context_of
from tests.process import AppProcess


async def begin(page: Page, action: str) -> None:
    await page.goto(f"/forms/{action}")


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


def result(page: Page) -> Locator:
    return page.get_by_role("region", name="Result")


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


async def test_every_field_can_be_filled_in(page: Page) -> None:
    await begin(page, "everything")
    await expect(page.get_by_role("heading", name="All fields")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Full name")).to_be_focused()
    await page.keyboard.type("Ada Lovelace")
    await expect(page.get_by_text("12 / 40")).to_be_visible()
    await page.get_by_role("textbox", name="Notes (optional)").fill("one\ntwo")
    await page.get_by_label("Age").fill("36")
    await page.get_by_label("Price").fill("1234567.10")
    await page.get_by_role("switch", name="I agree").click()
    await page.get_by_role("textbox", name="Customer email").fill("ada@example.com")
    await page.get_by_label("Day", exact=True).fill("2026-02-28")
    await page.get_by_label("Moment").fill("2026-02-28T13:30")
    await page.get_by_role("radio", name="Green").click()
    await page.get_by_role("combobox", name="Country").fill("Country 17")
    await page.get_by_role("option", name="Country 17").click()
    await expect(page.get_by_label("Fixed")).not_to_be_editable()
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    for shown in ("Ada Lovelace", "one\ntwo", "36", "1234567.1", "True", "2026-02-28 13:30", "Green", "Country 17"):
        await expect(result(page)).to_contain_text(shown)
    answered = page.locator(".r-answered")
    for shown in ("€ 1,234,567.10", "Yes", "Green", "Not to be changed", "Feb 28, 2026, 1:30 PM"):
        await expect(answered).to_contain_text(shown)


async def test_errors_stand_at_their_fields_and_the_first_gets_the_cursor(page: Page) -> None:
    await begin(page, "everything")
    await page.get_by_label("Full name").fill("Ada")
    await page.get_by_label("Age").fill("200")
    await page.get_by_label("Customer email").fill("nobody")
    await proceed(page)
    await expect(page.get_by_label("Age")).to_be_focused()
    await expect(page.get_by_label("Age")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_text("Enter a number between 0 and 150.")).to_be_visible()
    await expect(page.get_by_text("Enter a valid email address.")).to_be_visible()
    await expect(page.get_by_text("This field is required.")).to_have_count(3)  # day, colour, country
    await expect(page.get_by_label("Full name")).to_have_value("Ada")
    await expect(page.get_by_label("Age")).to_have_value("200")
    await page.get_by_label("Age").fill("20")
    await proceed(page)
    await expect(page.get_by_text("Enter a number between 0 and 150.")).to_be_hidden()
    await expect(page.get_by_label("Customer email")).to_be_focused()


async def test_an_answer_that_the_action_refuses_is_asked_for_again(page: Page) -> None:
    await begin(page, "judged")
    await page.get_by_label("Note").fill("kept")
    await page.get_by_label("Even number").fill("3")
    await proceed(page)
    await expect(page.get_by_text("That is odd.")).to_be_visible()
    await expect(page.get_by_label("Note")).to_have_value("kept")
    await expect(page.get_by_label("Even number")).to_be_focused()
    await page.get_by_label("Note").fill("half changed")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_label("Note")).to_have_value("half changed")
    await expect(page.get_by_text("That is odd.")).to_be_visible()
    await page.get_by_label("Even number").fill("4")
    await page.get_by_label("Note").press("Enter")
    await expect(result(page)).to_contain_text("4 half changed")


async def test_a_model_is_asked_for_with_its_nested_parts(page: Page) -> None:
    await begin(page, "model")
    await page.get_by_label("Name", exact=True).fill("Ada")
    await page.get_by_label("Email").fill("ada@example.com")
    await page.get_by_role("radio", name="large").click()
    await page.get_by_role("button", name="Clear").click()
    await expect(page.get_by_role("radio", name="large")).not_to_be_checked()
    address = page.get_by_role("group", name="Address")
    await address.get_by_label("Street").fill("High St")
    await proceed(page)
    await expect(address.get_by_text("This field is required.")).to_be_visible()
    await expect(address.get_by_label("City")).to_be_focused()
    await address.get_by_label("City").fill("Bern")
    await page.get_by_role("switch", name="Add second").click()
    second = page.get_by_role("group", name="Second")
    await second.get_by_label("Street").fill("Low St")
    await second.get_by_label("City").fill("Rome")
    for number, tag in enumerate(("red", "green", "blue"), 1):
        await page.get_by_role("button", name="Add to tags").click()
        await expect(page.get_by_label(f"Tags {number}")).to_be_focused()
        await page.keyboard.type(tag)
    await page.get_by_role("button", name="Remove item 2").click()
    await expect(page.get_by_label("Tags 2")).to_have_value("blue")
    await expect(page.get_by_label("Tags 3")).to_have_count(0)
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_label("Tags 2")).to_have_value("blue")
    await expect(second.get_by_label("City")).to_have_value("Rome")
    await page.get_by_label("Tags 2").press("Control+Enter")
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    for shown in ("High St", "Low St", "blue"):
        await expect(page.locator(".r-answered")).to_contain_text(shown)
    await expect(page.locator(".r-answered")).not_to_contain_text("green")


async def test_several_rows_are_chosen_over_sorting_filtering_and_pages(page: Page) -> None:
    await begin(page, "tables")
    table = page.get_by_role("table", name="People")
    await row(page, "Person 02").click()
    await row(page, "Person 05").click(modifiers=["Shift"])
    await expect(page.get_by_text("4 selected")).to_be_visible()
    await row(page, "Person 03").click()
    await page.get_by_role("button", name="Next page").click()
    await page.get_by_role("checkbox", name="Select Person 12").press("Space")
    await page.get_by_role("button", name="age", exact=True).press("Enter")
    await page.get_by_role("button", name="age", exact=True).press("Enter")
    await expect(table.get_by_role("columnheader", name="age")).to_have_attribute("aria-sort", "descending")
    await page.get_by_label("Filter People").fill("oslo 30")
    await expect(table.get_by_role("row")).to_have_count(2)
    await page.get_by_role("checkbox", name="Select all rows").check()
    await expect(page.get_by_text("5 selected")).to_be_visible()
    await page.get_by_label("Filter People").fill("")
    await expect(page.get_by_role("checkbox", name="Select all rows")).not_to_be_checked()
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_text("5 selected")).to_be_visible()
    await proceed(page)
    shown = page.locator(".r-answered").get_by_role("row")
    await expect(shown).to_have_count(6)
    for name in ("Person 02", "Person 04", "Person 05", "Person 12", "Person 30"):
        await expect(shown.filter(has_text=name)).to_have_count(1)


async def test_one_row_and_a_limited_number_of_rows(page: Page) -> None:
    await begin(page, "tables")
    await page.get_by_role("checkbox", name="Select all rows").check()
    await expect(page.get_by_text("30 selected")).to_be_visible()
    await proceed(page)
    await page.get_by_role("table", name="Owner").wait_for()
    await proceed(page)
    await expect(page.get_by_text("This field is required.")).to_be_visible()
    await row(page, "Person 02").last.click()
    await page.get_by_role("radio", name="Select Person 02").press("ArrowDown")
    await expect(page.get_by_role("radio", name="Select Person 03")).to_be_checked()
    await expect(page.get_by_role("radio", name="Select Person 02")).not_to_be_checked()
    await row(page, "Person 03").last.click()
    await expect(page.get_by_role("radio", name="Select Person 03")).to_be_checked()
    await proceed(page)
    await expect(page.get_by_text("0 of 2 selected")).to_be_visible()
    for name in ("Person 01", "Person 04"):
        await page.get_by_role("checkbox", name=f"Select {name}").check()
    await expect(page.get_by_role("checkbox", name="Select Person 02")).to_be_disabled()
    await expect(page.get_by_text("2 of 2 selected")).to_be_visible()
    await proceed(page)
    await expect(result(page).get_by_role("listitem")).to_have_count(33)
    await expect(result(page).get_by_role("listitem").nth(30)).to_have_text("Person 03")
    await expect(result(page).get_by_role("listitem").last).to_have_text("Person 04")


async def test_what_is_shown_is_text_and_never_runs(page: Page) -> None:
    await begin(page, "shown")
    await page.get_by_role("button", name="No", exact=True).click()
    await expect(page.get_by_text("Done. No result to show.")).to_be_visible()
    await expect(page.get_by_text("<b>Ada</b>")).to_be_visible()
    assert await page.title() != "hacked"
    assert await page.locator("[onerror]").count() == 0
    folded = page.get_by_text("2 entries")
    await folded.click()
    await expect(page.get_by_text("sku")).to_be_visible()


async def test_a_phone_keeps_its_keyboard_closed(browser: Browser, app: AppProcess) -> None:
    async with context_of(
        browser, app, wait=30_000, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        page = await context.new_page()
        for action in ("everything", "tables", "model"):
            await begin(page, action)
            await page.get_by_role("button", name="Continue").wait_for()
            await page.wait_for_timeout(300)
            assert await page.evaluate("document.activeElement.tagName") not in ("INPUT", "TEXTAREA")
            overflow = await page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, action


async def test_steps_that_fail_and_the_log_are_told_live(page: Page) -> None:
    await begin(page, "working")
    await expect(page.get_by_text("Reading rows")).to_be_visible()
    await expect(page.get_by_text(re.compile(r"\d of 4 · From the file")).first).to_be_visible()
    await expect(page.get_by_role("progressbar", name="Progress")).to_be_visible()
    told = re.compile(
        r"charge_card: attempt 1 of 4 failed: TimeoutError: the card service doesn't answer\. Next attempt in \d s\."
    )
    await expect(page.get_by_role("status").get_by_text(told)).to_be_visible()
    await expect(page.get_by_role("region", name="Log", exact=True).get_by_text("Warning:").first).to_be_visible()
    await expect(page.get_by_text(re.compile(r"Sleeping until \d+:\d\d [AP]M"))).to_be_visible()
    await expect(page.get_by_text("Done. No result to show.")).to_be_visible()


async def paste(page: Page, character: str, times: int) -> None:
    """Puts text in as a paste does; Playwright takes long to type that much."""
    put = "(field, [c, n]) => { field.value = c.repeat(n); field.dispatchEvent(new Event('input', { bubbles: true })) }"
    await page.get_by_label("Paste").evaluate(put, [character, times])


async def test_a_large_paste_arrives_and_one_over_the_limit_is_told(page: Page) -> None:
    page.set_default_timeout(30_000)
    await begin(page, "long-text")
    await page.get_by_label("Paste").wait_for()
    await paste(page, "x", 8_000_000)
    await proceed(page)
    await page.get_by_role("alert").filter(has_text="The limit is 5,000,000 bytes").wait_for()
    await paste(page, "🙂", 1_000_000)
    await proceed(page)
    await page.get_by_text("1000000", exact=True).wait_for()
    await expect(page.locator(".r-answered")).to_contain_text("1,000,000 characters total")


async def test_who_has_begun_with_another_field_keeps_the_cursor(page: Page) -> None:
    """On a slow line the page's own wish for the first field comes when people are typing already."""
    await page.goto("/team/parameters")
    first, other = page.get_by_label("Name", exact=True), page.get_by_label("Count")
    await expect(first).to_be_focused()
    late = "restival.focus(Number(document.querySelector('[data-draft] .r-field').id.slice(1)), true)"
    await other.focus()
    await page.evaluate(late)
    await expect(other).to_be_focused()
    await other.evaluate("(field) => field.blur()")
    await page.evaluate(late)
    await expect(first).to_be_focused()
