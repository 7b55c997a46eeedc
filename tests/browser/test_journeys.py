"""What people do in the dashboard, by roles and labels."""

import re

from playwright.async_api import Page, expect

from restival.site.theme import contrast
from tests.process import AppProcess


async def begin(page: Page, action: str) -> None:
    await page.goto(f"/team/{action}")


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


async def call_me(page: Page, name: str) -> None:
    await page.goto("/")
    await page.get_by_role("button", name="Person").click()
    await page.get_by_label("Your name").fill(name)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Person")).to_contain_text(name)


async def test_the_dashboard_lists_finds_and_opens_actions(page: Page) -> None:
    await page.goto("/")
    await expect(page.get_by_role("heading", name="Team")).to_be_visible()
    await page.get_by_label("Search actions").fill("takes a while")
    await expect(page.get_by_role("link", name="Works", exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="Greet", exact=True)).to_be_hidden()
    await page.get_by_label("Search actions").fill("all param")
    await page.get_by_role("link", name="All parameters", exact=True).click()
    await expect(page).to_have_url(re.compile("/team/parameters$"))
    await expect(page.get_by_role("heading", name="All parameters")).to_be_visible()
    await expect(page.get_by_text("Every type that a start form asks for.")).to_be_visible()


async def test_an_action_without_parameters_starts_at_once_and_back_leads_out(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("link", name="Greet", exact=True).click()
    await expect(page.get_by_label("Name")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/t/team\.greet\.\w{16}$"))
    await expect(page.get_by_text("Waiting for you")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="Team")).to_be_visible()


async def test_every_type_of_parameter_is_asked_for(page: Page) -> None:
    await begin(page, "parameters?name=Ann&count=3&colour=Blue&day=2026-03-04&tags=a&tags=b&unknown=1")
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Ann")
    await expect(page.get_by_label("Count")).to_have_value("3")
    await expect(page.get_by_label("Day")).to_have_value("2026-03-04")
    await expect(page.get_by_role("radio", name="Blue")).to_be_checked()
    await expect(page.get_by_label("Tags 2")).to_have_value("b")
    await page.get_by_label("Ratio").fill("0.5")
    await page.get_by_label("Price").fill("12.30")
    await page.get_by_label("Active").click()
    await page.get_by_label("Moment").fill("2026-05-06T07:08")
    await page.get_by_role("radio", name="large").click()
    await page.get_by_label("Mail").fill("ann@example.com")
    await page.get_by_label("Street").fill("High St")
    await page.get_by_label("Postcode").fill("1")
    await page.get_by_role("button", name="Remove item 1").click()
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_text("Enter at least 4 characters.")).to_be_visible()
    await page.get_by_label("Postcode").fill("12345")
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    result = page.get_by_role("region", name="Result")
    for shown in ("Decimal('12.30')", "<Colour.BLUE: 'Blue'>", "datetime.date(2026, 3, 4)", "['b']", "'large'"):
        await expect(result).to_contain_text(shown)
    await expect(result).to_contain_text("Address(street='High St', postcode='12345')")


async def test_a_bad_value_in_a_link_is_told_at_its_field(page: Page) -> None:
    await begin(page, "parameters?count=many")
    await expect(page.get_by_label("Count")).to_have_value("many")
    await expect(page.get_by_text("The link contains an invalid value for this field.")).to_be_visible()


async def test_forms_follow_each_other_and_the_transcript_stays(page: Page) -> None:
    await begin(page, "greet")
    await expect(page.get_by_text("As people call you")).to_be_visible()
    await proceed(page)
    await expect(page.get_by_text("This field is required.")).to_be_visible()
    await page.get_by_label("Name").fill("Ann")
    await page.get_by_label("Name").press("Enter")
    await page.get_by_label("Number").fill("9")
    await proceed(page)
    await expect(page.get_by_text("Enter a number between 1 and 5.")).to_be_visible()
    await expect(page.get_by_label("Number")).to_be_focused()
    await page.get_by_label("Number").fill("3")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Hello Ann, 3")).to_be_visible()
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    await expect(page.get_by_text(re.compile("answered by .*")).first).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("Hello Ann, 3")).to_be_visible()
    await expect(page.get_by_role("definition").filter(has_text="Ann").first).to_be_visible()


async def test_the_keyboard_is_enough(page: Page) -> None:
    await begin(page, "greet")
    await expect(page.get_by_label("Name")).to_be_focused()
    await page.keyboard.type("Ann")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Number")).to_be_focused()
    await page.keyboard.type("2")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.get_by_text("Hello Ann, 2")).to_be_visible()


async def test_displays_do_not_block_and_nothing_is_run_that_was_shown(page: Page) -> None:
    await begin(page, "everything")
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("Go on?")
    await page.reload()
    await expect(dialog).to_contain_text("Nothing happens otherwise.")
    await expect(dialog.get_by_role("button", name="Yes")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    await expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    await expect(page.get_by_text("kept", exact=True)).to_be_visible()
    assert await page.title() != "owned"
    await expect(page.get_by_text("Person 19")).to_be_visible()
    await expect(page.get_by_text("Person 25")).to_be_hidden()
    await page.get_by_label("Filter People").fill("Person 25")
    await expect(page.get_by_text("Person 25")).to_be_visible()
    await expect(page.get_by_text("<i>a line</i>")).to_be_visible()
    await expect(page.get_by_role("region", name="Result").get_by_role("row")).to_have_count(4)


async def test_escape_says_no(page: Page) -> None:
    await begin(page, "everything")
    await expect(page.get_by_role("alertdialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("No")


async def test_a_failure_is_told_with_its_traceback(page: Page) -> None:
    await begin(page, "fails")
    await expect(page.get_by_text("Failed", exact=True)).to_be_visible()
    await expect(page.get_by_text("The price is <b>wrong</b>", exact=True)).to_be_visible()
    await page.get_by_text("Show traceback").click()
    await expect(page.get_by_text(re.compile(r"journeys\.py"))).to_be_visible()


async def test_cancel_and_run_again(page: Page) -> None:
    await call_me(page, "Maria")
    await begin(page, "works")
    await expect(page.get_by_text("Counting")).to_be_visible()
    await expect(page.get_by_text("1 of 4")).to_be_visible()
    first = page.url
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="Cancel transaction").click()
    await expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()
    await expect(page.get_by_text(re.compile("Cancelled by Maria, .*Completed steps aren.t undone"))).to_be_visible()
    await expect(page).to_have_title(re.compile(r"^(\(\d+\) )?Cancelled · Works · Restival$"))
    await expect(page.get_by_text("cleaned up")).to_be_visible()
    await page.get_by_role("button", name="Run again").click()
    await expect(page.get_by_role("region", name="Result").get_by_text("Counted")).to_be_visible()
    assert page.url != first


async def test_run_again_fills_the_start_form(page: Page) -> None:
    await begin(page, "parameters?name=Ann&count=3&ratio=1&price=2&day=2026-01-01&moment=2026-01-01T00:00&colour=Red")
    await page.get_by_role("radio", name="small").click()
    await page.get_by_label("Mail").fill("a@example.com")
    await page.get_by_label("Street").fill("High St")
    await page.get_by_label("Postcode").fill("12345")
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Run again").click()
    await expect(page.get_by_label("Street")).to_have_value("High St")
    await expect(page.get_by_role("radio", name="small")).to_be_checked()


async def readable(page: Page, what: str) -> None:
    """What says something for a moment only, and may be gone before axe has looked at it."""
    colours = "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]"
    for scheme in ("dark", "light"):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await page.wait_for_function(f"document.body.matches('.body--{scheme}')")
        words, ground = (
            "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])
            for colour in await page.locator(what).first.evaluate(colours)
        )
        assert contrast(words, ground) >= 4.5, f"{words} on {ground} in the {scheme}"


async def test_two_browsers_see_the_same_and_the_other_is_told(page: Page, other_page: Page) -> None:
    await call_me(page, "Maria")
    await call_me(other_page, "Jon")
    await begin(page, "greet")
    await expect(page.get_by_label("Name")).to_be_visible()
    await other_page.goto(page.url)
    await other_page.get_by_label("Name").fill("Late")
    await page.get_by_label("Name").fill("Early")
    await proceed(page)
    await expect(other_page.get_by_text("Maria has answered this question.")).to_be_visible()
    await readable(other_page, ".q-notification")
    await expect(other_page.get_by_label("Number")).to_be_visible()
    await expect(other_page.get_by_text("Early")).to_be_visible()
    await other_page.get_by_label("Number").fill("4")
    await proceed(other_page)
    await expect(page.get_by_text("Hello Early, 4")).to_be_visible()
    await expect(page.get_by_text(re.compile("answered by Jon"))).to_be_visible()


async def test_a_half_filled_form_survives_a_reload(page: Page) -> None:
    await begin(page, "people")
    await page.get_by_label("Name").fill("Half")
    await page.get_by_role("radio", name="Plus").click()
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_label("Name")).to_have_value("Half")
    await expect(page.get_by_role("radio", name="Plus")).to_be_checked()


async def test_validator_select_and_table(page: Page) -> None:
    await begin(page, "people")
    await expect(page.get_by_label("Fixed")).not_to_be_editable()
    await page.get_by_label("Name").fill("Bob")
    await page.get_by_role("radio", name="Free").click()
    await page.get_by_label("Country").fill("Country 33")
    await page.get_by_role("option", name="Country 33").click()
    await page.get_by_role("checkbox", name="Select 3", exact=True).click()
    await proceed(page)
    await expect(page.get_by_text("Choose at least 2 rows.")).to_be_visible()
    await page.get_by_role("button", name="Next page").click()
    await page.get_by_role("checkbox", name="Select 12", exact=True).click()
    await proceed(page)
    await expect(page.get_by_text("Not again.")).to_be_visible()
    await expect(page.get_by_label("Name")).to_have_value("Bob")
    await page.get_by_label("Name").fill("Eve")
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    result = page.get_by_role("region", name="Result")
    for shown in ("Eve", "Free", "Country 33", "12", "kept"):
        await expect(result).to_contain_text(shown)


async def test_a_double_click_submits_once(page: Page) -> None:
    await begin(page, "greet")
    await page.get_by_label("Name").fill("Ann")
    await page.get_by_role("button", name="Continue").dblclick()
    await expect(page.get_by_label("Number")).to_be_visible()
    await expect(page.get_by_text("This field is required.")).to_be_hidden()


async def test_wrong_addresses_are_told(page: Page) -> None:
    for path in ("/nowhere", "/t/team.greet.aaaaaaaaaaaaaaaa", "/t/nonsense"):
        await page.goto(path)
        await expect(page.get_by_role("heading", name="Page not found")).to_be_visible()


async def test_light_and_dark(page: Page) -> None:
    await page.emulate_media(color_scheme="dark")
    await page.goto("/")
    await expect(page.locator("body")).to_have_class(re.compile("body--dark"))
    await page.get_by_role("button", name="Switch theme").click()
    await expect(page.locator("body")).to_have_class(re.compile("body--light"))
    await page.reload()
    await expect(page.locator("body")).to_have_class(re.compile("body--light"))


async def test_a_phone_needs_no_sideways_scroll(page: Page, app: AppProcess) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/", "/team/parameters", "/team/greet", "/team/everything"):
        await page.goto(path)
        await page.get_by_role("heading", level=1).wait_for()
        await page.wait_for_timeout(300)
        overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, path
