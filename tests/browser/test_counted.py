"""How long a text may be and is."""

from playwright.async_api import Page, expect


async def test_each_limit_is_told_once(page: Page) -> None:
    await page.goto("/forms/counted")
    described = {
        "Note": "In short 0 of 5 characters.",
        "Name": "At least 2 characters. 3 of 8 characters.",
        "Code": "From the letter. Exactly 4 characters.",
        "Free": "At least 2 characters.",
    }
    for label, words in described.items():
        await expect(page.get_by_role("textbox", name=label)).to_have_accessible_description(words)
    await expect(page.get_by_text("0 / 5")).to_be_visible()
    await expect(page.get_by_text("/ 4")).to_have_count(0)


async def test_characters_are_counted_as_the_server_does(page: Page) -> None:
    await page.goto("/forms/counted")
    note = page.get_by_role("textbox", name="Note")
    await note.fill("😀😀é\n")
    await expect(page.get_by_text("4 / 5")).to_be_visible()
    await note.fill("😀😀😀😀😀😀")
    await expect(page.get_by_text("6 / 5")).to_be_visible()
    await note.blur()
    await expect(page.get_by_role("alert")).to_have_text("Enter at most 5 characters.")
    await note.fill("😀😀😀😀😀")
    await expect(page.get_by_text("5 / 5")).to_be_visible()
    await page.get_by_role("textbox", name="Code").fill("𝔘-é9")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("😀😀😀😀😀")
