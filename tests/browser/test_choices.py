"""Several buttons instead of Continue."""

from playwright.async_api import Page, expect


async def test_each_button_checks_the_form_and_says_which_it_was(page: Page) -> None:
    await page.goto("/forms/choices")
    name = page.get_by_role("textbox", name="Name")
    await expect(name).to_be_focused()
    await expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    await page.get_by_role("button", name="Delete").click()
    await expect(name).to_have_accessible_description("This field is required.")
    await name.fill("Ada")
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("Delete: answered by")).to_be_visible()
    await expect(page.get_by_role("heading", name="Please look")).to_be_visible()
    await expect(page.get_by_role("button", name="Seen")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="Result")).to_contain_text("gone")


async def test_the_keys_press_the_first_button(page: Page) -> None:
    await page.goto("/forms/choices")
    name = page.get_by_role("textbox", name="Name")
    await name.fill("Ada")
    await name.press("Enter")
    await page.get_by_role("button", name="Seen").press("Control+Enter")
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Save")
