"""Finding by typing: the action's code answers while the form is open."""

from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.process import AppProcess


async def opened(page: Page) -> tuple[Locator, Locator]:
    await page.goto("/forms/finding")
    customer = page.get_by_role("combobox", name="Customer")
    await expect(customer).to_be_focused()
    return customer, page.get_by_role("listbox", name="Customer")


async def test_typing_finds_and_the_keyboard_chooses(page: Page) -> None:
    customer, results = await opened(page)
    await expect(customer).to_have_accessible_description("By name.")
    await customer.press_sequentially("ada")
    await expect(results.get_by_role("option")).to_have_text(
        ["Ada Lovelaceada@example.com", "Adam Smithadam@example.com"]
    )
    await expect(customer).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    chosen = page.get_by_role("list", name="Chosen for Customer")
    await expect(chosen.get_by_role("listitem")).to_contain_text("Adam Smith")
    await expect(page.get_by_role("button", name="Remove Adam Smith")).to_be_focused()
    friends = page.get_by_role("combobox", name="Friends")
    await friends.press("ArrowDown")
    await expect(page.get_by_role("listbox", name="Friends").get_by_role("option")).to_have_count(2)
    await page.keyboard.press("Enter")
    await friends.fill("grace")
    await page.get_by_role("option", name="Grace Hopper").click()
    await expect(page.get_by_role("list", name="Chosen for Friends").get_by_role("listitem")).to_have_count(2)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    await page.reload()
    await expect(chosen.get_by_role("listitem")).to_contain_text("Adam Smith")
    await expect(page.get_by_role("list", name="Chosen for Friends").get_by_role("listitem")).to_have_count(2)
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("definition").filter(has_text="Grace Hopper")).to_have_text(
        "Ada Lovelace\nGrace Hopper"
    )
    await expect(page.get_by_role("list", name="Chosen for Fixed")).to_contain_text("Adam Smith")
    await expect(page.get_by_role("button", name="Remove Adam Smith")).to_have_count(0)
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("adam@example.com")


async def test_nothing_chosen_nothing_found_and_a_failing_search_are_told(page: Page, app: AppProcess) -> None:
    customer, results = await opened(page)
    await customer.fill("zzz")
    await expect(page.get_by_text("No results")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(results).to_be_hidden()
    await page.get_by_role("button", name="Continue").click()
    await expect(customer).to_have_accessible_description("By name. This field is required.")
    await expect(customer).to_be_focused()
    await customer.fill("broken")
    failure = page.get_by_role("alert").filter(has_text="The directory is down.")
    await expect(failure).to_be_visible()
    mended = Path(app.environment["SHOP_DATABASE"]).with_name("mended")
    mended.touch()
    try:
        await failure.get_by_role("button", name="Retry").click()
        await expect(page.get_by_text("No results")).to_be_visible()
    finally:
        mended.unlink()


async def test_only_the_newest_query_is_shown(page: Page) -> None:
    customer, results = await opened(page)
    await customer.press_sequentially("slowly")
    await expect(results.get_by_role("option")).to_have_text(["Grace Hoppergrace@example.com"])
    await customer.fill("turing")
    await expect(results.get_by_role("option")).to_have_text(["Alan Turingalan@example.com"])


async def test_a_search_goes_on_after_the_app_was_killed_in_its_middle(page: Page, app: AppProcess) -> None:
    customer, _ = await opened(page)
    await customer.fill("lov")
    await page.get_by_role("option", name="Ada Lovelace").click()
    await page.get_by_role("textbox", name="Note").fill("kept")
    await page.wait_for_timeout(500)
    friends = page.get_by_role("combobox", name="Friends")
    await friends.fill("slow")
    await expect(page.get_by_role("listbox", name="Friends")).to_have_attribute("aria-busy", "true")
    app.kill()
    async with page.expect_event("load", timeout=20_000):
        app.start()
    await expect(page.get_by_role("list", name="Chosen for Customer")).to_contain_text("Ada Lovelace")
    await expect(page.get_by_role("textbox", name="Note")).to_have_value("kept")
    await friends.fill("slow")
    await page.get_by_role("option", name="Barbara Liskov").click()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("list", name="Chosen for Fixed")).to_be_visible()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Barbara Liskov")
