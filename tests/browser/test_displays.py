"""What actions show, as people see it, read it to themselves and move in it."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, expect


@pytest.fixture
async def shown(page: Page) -> AsyncIterator[Page]:
    """A page whose title stays: what is shown runs no scripts."""
    yield page
    assert await page.title() != "hacked"


async def begin(page: Page, action: str) -> None:
    await page.goto(f"/forms/{action}")
    await expect(page.get_by_role("button", name="Continue")).to_be_visible()
    await page.evaluate("window.stayed = true")


async def stayed(page: Page) -> bool:
    return bool(await page.evaluate("window.stayed === true"))


def line(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


async def test_a_heading_has_a_description_and_links(shown: Page) -> None:
    await begin(shown, "shown-text")
    await expect(shown.get_by_role("heading", name="Customer", level=3)).to_be_visible()
    await expect(shown.get_by_text("Since 2021")).to_be_visible()
    website = shown.get_by_role("link", name="Website (opens in a new tab)")
    await expect(website).to_have_attribute("target", "_blank")
    await expect(website).to_have_attribute("rel", re.compile("noopener"))
    await expect(shown.get_by_role("link", name="Delete")).to_have_attribute("aria-disabled", "true")
    await expect(shown.get_by_role("link", name="Delete")).not_to_have_attribute("href", re.compile(""))
    await shown.get_by_role("link", name="Greet", exact=True).press("Enter")
    await expect(shown.get_by_label("Name")).to_have_value("Ada & Bob")
    await expect(shown.get_by_label("Times")).to_have_value("2")
    assert await stayed(shown)


async def test_a_link_leads_to_an_action_without_a_reload(shown: Page) -> None:
    await begin(shown, "shown-text")
    await shown.get_by_role("link", name="To the greeting").click()
    await expect(shown.get_by_label("Name")).to_have_value("Eve")
    assert await stayed(shown)


async def test_markdown_and_html_are_sanitised(shown: Page) -> None:
    await begin(shown, "shown-text")
    await expect(shown.get_by_role("strong").filter(has_text="bold")).to_be_visible()
    await expect(shown.get_by_text("bad", exact=True)).not_to_have_attribute("href", re.compile(""))
    dear = shown.get_by_text("Dear", exact=True)
    await expect(dear).to_have_css("font-weight", "700")
    await expect(dear).to_have_css("position", "static")
    await expect(shown.get_by_label("Smuggled")).to_have_count(0)
    assert await shown.evaluate("document.querySelectorAll('main iframe, main [onerror]').length") == 0
    await shown.get_by_role("link", name="inside").click()
    await expect(shown.get_by_role("heading", name="Greeted")).to_be_visible()
    assert await stayed(shown)


async def test_code_is_highlighted_and_copied(shown: Page) -> None:
    await begin(shown, "shown-text")
    code = shown.get_by_role("region", name="greet.py")
    await expect(code).to_contain_text('print("hello")  # <img src=x')
    text_colour = await code.evaluate("(element) => getComputedStyle(element).color")
    await expect(code.get_by_text("print", exact=True)).not_to_have_css("color", text_colour)
    await shown.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = shown.get_by_role("button", name="Copy", exact=True).first
    await copy.press("Enter")
    await expect(shown.get_by_role("button", name="Copied")).to_be_focused()
    copied = await shown.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('print("hello")  # <img src=x onerror=')


async def test_code_is_copied_where_browsers_offer_the_old_way_only(shown: Page) -> None:
    await shown.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await begin(shown, "shown-text")
    await shown.get_by_role("button", name="Copy", exact=True).first.click()
    await expect(shown.get_by_role("button", name="Copied")).to_be_focused()
    await shown.get_by_label("Name").press("ControlOrMeta+v")
    await expect(shown.get_by_label("Name")).to_have_value(re.compile(r'^print\("hello"\)'))


async def test_a_log_begins_at_its_end_and_is_copied_line_by_line(shown: Page) -> None:
    await begin(shown, "shown-text")
    log = shown.get_by_role("region", name="Import")
    await expect(log.get_by_role("listitem")).to_have_count(200)
    await log.scroll_into_view_if_needed()
    await expect(log.get_by_role("listitem").last).to_be_in_viewport()
    await expect(log.get_by_role("listitem").first).not_to_be_in_viewport()
    await expect(log.get_by_role("listitem").last).to_contain_text("line 200 <img")
    await shown.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await shown.get_by_role("button", name="Copy", exact=True).last.click()
    await expect(shown.get_by_role("button", name="Copied")).to_be_visible()
    lines = (await shown.evaluate("navigator.clipboard.readText()")).split("\n")
    assert len(lines) == 200
    assert lines[1].startswith("line 2 <img")


async def test_a_diff_tells_what_went_and_came(shown: Page) -> None:
    await begin(shown, "shown-text")
    diff = shown.get_by_role("table", name="terms.txt", exact=True)
    await expect(shown.get_by_text("2 added, 1 removed")).to_be_visible()
    await expect(diff.get_by_role("row", name="removed: second")).to_be_visible()
    await expect(diff.get_by_role("row", name="added: 2nd <img src=x")).to_be_visible()
    await expect(diff.get_by_role("row", name="22 lines unchanged")).to_be_visible()
    await expect(diff.get_by_role("row", name="line 15")).to_have_count(0)
    await expect(shown.get_by_text("No changes")).to_be_visible()
    await expect(shown.get_by_text("Only line endings have changed.")).to_be_visible()
    await shown.get_by_role("radio", name="Unified").focus()
    await shown.keyboard.press("ArrowRight")
    beside = shown.get_by_role("table", name="terms.txt, side by side")
    await expect(beside.get_by_role("row", name="removed: second")).to_contain_text("2nd")
    await expect(diff).to_be_hidden()
    await shown.set_viewport_size({"width": 390, "height": 800})
    await expect(diff).to_be_visible()
    await expect(beside).to_be_hidden()


async def test_steps_tell_where_it_stands(shown: Page) -> None:
    await begin(shown, "shown-text")
    steps = shown.get_by_role("list", name="Order").get_by_role("listitem")
    await expect(steps).to_have_text(
        [re.compile(r"Placed \(done\)"), re.compile(r"Packed \(in progress\)"), re.compile(r"Sent \(upcoming\)")]
    )
    await expect(steps.nth(1)).to_have_attribute("aria-current", "step")
    await expect(steps.nth(1)).to_contain_text("1 parcel")


async def test_metadata_are_labels_with_values_pictures_and_links(shown: Page) -> None:
    await begin(shown, "shown-data")
    await expect(shown.get_by_role("term").filter(has_text="Paid")).to_be_visible()
    await expect(shown.get_by_role("definition").filter(has_text="Yes")).to_be_visible()
    await expect(shown.get_by_role("img", name="The logo")).to_be_visible()
    await shown.get_by_role("link", name="Ada <img src=x").click()
    await expect(shown.get_by_label("Name")).to_have_value("Ada")
    assert await stayed(shown)


async def test_an_object_folds_and_goes_on(shown: Page) -> None:
    await begin(shown, "shown-data")
    tree = shown.get_by_role("group", name="Details")
    await expect(tree).to_contain_text("1815-12-10 07:00:00")
    await expect(shown.get_by_text("treasure")).to_have_count(0)
    await tree.get_by_text("deep", exact=True).click()
    await expect(shown.get_by_text("treasure")).to_be_visible()
    await tree.get_by_text("deep", exact=True).click()
    await expect(shown.get_by_text("treasure")).to_be_hidden()
    await tree.get_by_text("many", exact=True).click()
    await expect(tree.get_by_text("1099", exact=True)).to_be_visible()
    await expect(tree.get_by_text("1100", exact=True)).to_have_count(0)
    await tree.get_by_role("button", name="Show 100 of 150 more").press("Enter")
    await expect(tree.get_by_text("1199", exact=True)).to_be_visible()
    await tree.get_by_role("button", name="Show 50 of 50 more").click()
    await expect(tree.get_by_text("1249", exact=True)).to_be_visible()
    await expect(tree.get_by_role("button")).to_have_count(0)


async def test_cards_have_pages_menus_and_links(shown: Page) -> None:
    await begin(shown, "shown-data")
    cards = shown.get_by_role("region", name="Articles")
    await expect(cards.get_by_role("listitem")).to_have_count(2)
    await expect(cards.get_by_role("img", name="Photo 1")).to_be_visible()
    await expect(cards.get_by_text("No. 1 <img src=x")).to_be_visible()
    await expect(cards.get_by_role("button", name="Previous page")).to_be_disabled()
    for _ in range(2):
        await cards.get_by_role("button", name="Next page").press("Enter")
    await expect(cards.get_by_role("status")).to_have_text("5–5 of 5")
    await expect(cards.get_by_role("link", name="Article 5")).to_be_visible()
    await expect(cards.get_by_role("button", name="Next page")).to_be_disabled()
    await expect(cards.get_by_role("button", name="Previous page")).to_be_focused()
    await cards.get_by_role("button", name="Menu for Article 5").press("Enter")
    await expect(shown.get_by_role("link", name="Copy 5")).to_be_visible()
    await shown.keyboard.press("Escape")
    await expect(shown.get_by_role("link", name="Copy 5")).to_be_hidden()
    await cards.get_by_role("link", name="Article 5").click()
    await expect(shown.get_by_label("Name")).to_have_value("Article 5")
    assert await stayed(shown)


async def test_media_have_names_and_sizes(shown: Page) -> None:
    await begin(shown, "shown-data")
    picture = shown.get_by_role("img", name="Ada at work")
    assert (await picture.bounding_box() or {})["width"] == 240
    video = shown.get_by_label("Talk")
    await expect(video).to_have_js_property("controls", True)
    await expect(video).to_have_js_property("muted", True)
    await expect(video).to_have_js_property("autoplay", False)
    box = await video.bounding_box() or {}
    assert (box["width"], box["height"]) == (320, 180)
    link = shown.get_by_role("link", name="Open Contract (opens in a new tab)")
    await expect(link).to_have_attribute("href", "/none.pdf")


async def test_a_map_is_readable_without_a_network(shown: Page) -> None:
    await begin(shown, "shown-data")
    places = shown.get_by_role("region", name="Places")
    await expect(places.get_by_role("button", name="Bern <img")).to_be_visible()
    await expect(places.get_by_role("button", name="Zoom in")).to_be_visible()
    await expect(shown.get_by_role("listitem").filter(has_text="Bern <img")).to_contain_text("46.9500° N, 7.4500° E")
    await expect(shown.get_by_role("listitem").filter(has_text="47.4000° N")).to_be_visible()


async def test_displays_stay_in_the_transcript(shown: Page) -> None:
    await begin(shown, "shown-data")
    await shown.get_by_label("Note").fill("seen")
    await shown.get_by_role("button", name="Continue").click()
    await expect(shown.get_by_text("Done", exact=True)).to_be_visible()
    for _ in range(2):
        await expect(shown.get_by_role("img", name="The logo")).to_be_visible()
        await expect(shown.get_by_role("group", name="Details")).to_be_visible()
        await expect(shown.get_by_role("region", name="Places")).to_be_visible()
        await expect(shown.get_by_role("definition").filter(has_text="seen")).to_be_visible()
        await shown.reload()


async def test_charts_are_drawn_named_and_told_as_tables(shown: Page) -> None:
    await begin(shown, "shown-charts")
    sold = shown.get_by_role("img", name="Sold. More each day.")
    await expect(sold.get_by_text("Mon")).to_be_visible()
    await expect(shown.get_by_role("img", name="Points").get_by_text("Tue")).to_be_visible()
    await expect(shown.get_by_role("img", name="Run")).to_be_visible()
    figure = shown.get_by_role("figure", name="Sold")
    await figure.get_by_text("Data as a table").click()
    await expect(figure.get_by_role("row", name="Mon 3")).to_be_visible()
    await expect(figure.get_by_role("columnheader", name="Tea")).to_be_visible()
    run = shown.get_by_role("figure", name="Run")
    await run.get_by_text("Data as a table").click()
    await expect(run.get_by_role("row", name="Speed 2 8")).to_be_visible()
    assert (await sold.bounding_box() or {})["height"] == 240


async def test_what_a_chart_says_is_text(shown: Page) -> None:
    await begin(shown, "shown-charts")
    told = shown.get_by_role("img", name="Sold").get_by_text("<img src=x")
    await expect(told).to_have_count(1)
    await shown.get_by_role("img", name="Sold").hover(position={"x": 300, "y": 190})
    await expect(told).to_have_count(2)


async def test_charts_follow_the_dark_mode(shown: Page) -> None:
    await begin(shown, "shown-charts")
    tick = shown.get_by_role("img", name="Sold").get_by_text("Mon")
    other = shown.get_by_role("img", name="Points").get_by_text("Tue")
    fill = "(element) => getComputedStyle(element).fill"
    light = [await label.evaluate(fill) for label in (tick, other)]
    await shown.get_by_role("button", name="Switch theme").click()
    await expect(tick).not_to_have_css("fill", light[0])
    await expect(other).not_to_have_css("fill", light[1])
    await expect(shown.get_by_role("img", name="Run")).to_have_css("filter", re.compile("invert"))


async def test_a_chart_that_cannot_be_drawn_is_told(shown: Page) -> None:
    await begin(shown, "shown-charts")
    broken = shown.get_by_role("figure", name="Broken")
    await expect(broken.get_by_text("This chart can't be drawn.")).to_be_visible()
    await broken.get_by_text("Data as a table").click()
    await expect(broken.get_by_role("row", name="1 1")).to_be_visible()


async def test_nothing_is_wider_than_a_phone(shown: Page) -> None:
    await shown.set_viewport_size({"width": 390, "height": 800})
    for action in ("shown-text", "shown-data", "shown-charts"):
        await begin(shown, action)
        assert await shown.evaluate("document.documentElement.scrollWidth") == 390
