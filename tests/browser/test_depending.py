"""Fields that the action's code makes from the answers of others."""

from playwright.async_api import Page, expect

from tests.process import AppProcess


async def choose(page: Page, country: str) -> None:
    await page.get_by_role("radio", name=country).click()


async def test_a_field_comes_changes_and_goes_with_another(page: Page) -> None:
    await page.goto("/forms/depending")
    await choose(page, "Norway")
    await page.get_by_role("radio", name="Bergen").click()
    street = page.get_by_role("textbox", name="Street in Bergen")
    await street.fill("Strandgaten 1")
    await choose(page, "Moon")
    await expect(page.get_by_role("radio", name="Bergen")).to_have_count(0)
    await expect(street).to_have_count(0)
    await choose(page, "Italy")
    await page.get_by_role("combobox", name="City").click()
    await page.get_by_role("option", name="Milan").click()
    await page.get_by_role("textbox", name="Street in Milan").fill("Via Dante 2")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("definition").filter(has_text="Milan")).to_be_visible()
    await expect(page.get_by_role("radio", name="Oslo")).to_be_visible()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("alert").filter(has_text="This field is required.")).to_be_visible()
    await page.get_by_role("radio", name="Oslo").click()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Via Dante 2")


async def test_what_fails_is_told_in_the_fields_place(page: Page) -> None:
    await page.goto("/forms/depending")
    await choose(page, "Nowhere")
    await expect(page.get_by_role("alert").filter(has_text="Nobody knows Nowhere.")).to_be_visible()
    await choose(page, "Norway")
    await expect(page.get_by_role("radio", name="Bergen")).to_be_visible()
    await expect(page.get_by_text("Nobody knows Nowhere.")).to_have_count(0)


async def test_it_stands_again_after_a_kill(page: Page, app: AppProcess) -> None:
    await page.goto("/forms/depending")
    await choose(page, "Norway")
    await page.get_by_role("radio", name="Bergen").click()
    await page.get_by_role("textbox", name="Street in Bergen").fill("Strandgaten 1")
    await page.get_by_role("textbox", name="Note").fill("kept")
    await page.wait_for_timeout(500)
    app.kill()
    async with page.expect_event("load", timeout=20_000):
        app.start()
    await expect(page.get_by_role("textbox", name="Street in Bergen")).to_have_value("Strandgaten 1")
    await expect(page.get_by_role("radio", name="Bergen")).to_be_checked()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("radio", name="Oslo").click()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Strandgaten 1")
