"""Texts of actions and people are shown as texts, whatever is in them."""

from playwright.async_api import Page, expect

from tests.browser.project.actions.forms.hostile import EVIL


async def test_no_text_becomes_a_script(page: Page) -> None:
    await page.goto("/forms/hostile")
    await expect(page.get_by_role("textbox", name="Text")).to_have_value(EVIL)
    buttons = page.get_by_role("button", name="<img src=x")
    await buttons.last.click()
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("<script>window.hacked=1</script>")
    await page.reload()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("<script>window.hacked=1</script>")
    assert await page.evaluate("window.hacked") is None
    assert await page.locator("[onerror], main script").count() == 0


async def test_half_a_character_is_sent_as_the_sign_for_it(page: Page) -> None:
    """As in any form of HTML: what is sent has to be text."""
    await page.goto("/forms/hostile")
    field = page.get_by_role("textbox", name="Text")
    await expect(field).to_have_value(EVIL)
    await field.evaluate(
        """(input) => {
            input.focus();
            input.value = "half \\ud800";
            input.dispatchEvent(new Event("input", {bubbles: true}));
        }"""
    )
    await page.get_by_role("button", name="<img src=x").last.click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("half \ufffd")
