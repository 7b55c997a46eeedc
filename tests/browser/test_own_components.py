"""Components of a project's own: the three that come with Restival, and some that are broken."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.conftest import fresh_page
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(180)
HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("own") / "project"
    shutil.copytree(ROOT / "components", made / "components")
    shutil.copy(HERE / "own" / "odd.py", made / "components")
    (made / "actions").mkdir()
    shutil.copy(HERE / "own" / "own.py", made / "actions")
    return made


@pytest.fixture(scope="module")
def own(folder: Path, restate_binary: Path) -> Iterator[AppProcess]:
    process = AppProcess(folder, 0, folder.parent / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start("--reload")
    yield process
    process.close()


@pytest.fixture
async def page(browser: Browser, own: AppProcess) -> AsyncIterator[Page]:
    async for opened in fresh_page(browser, own):
        yield opened


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


def result(page: Page) -> Locator:
    return page.get_by_role("region", name="Result")


def stars(page: Page, label: str, number: int) -> Locator:
    name = f"{number} star" if number == 1 else f"{number} stars"
    return page.get_by_role("radiogroup", name=label).get_by_role("radio", name=name, exact=True)


async def test_stars_by_mouse_and_keyboard(page: Page) -> None:
    await page.goto("/rate")
    await expect(page.get_by_text("<i>Hello</i>")).to_be_visible()
    await expect(page.get_by_role("radiogroup", name="Room")).to_have_accessible_description("Be honest.")
    await expect(stars(page, "Odd", 3)).to_be_checked()
    await expect(stars(page, "Fixed", 4)).to_be_checked()
    await expect(stars(page, "Fixed", 5)).to_be_disabled()
    await stars(page, "Room", 1).focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await expect(stars(page, "Room", 2)).to_be_checked()
    await stars(page, "Odd", 5).click()
    await proceed(page)
    for shown in ("★★☆☆☆ 2 of 5", "★★★★★ 5 of 5", "★★★★☆ 4 of 5"):
        await expect(page.get_by_role("definition").filter(has_text=shown).first).to_be_visible()
    await expect(result(page)).to_contain_text("Room")
    await expect(page.get_by_role("radio")).to_have_count(0)


async def test_errors_stand_at_the_stars(page: Page) -> None:
    await page.goto("/rate")
    await stars(page, "Odd", 2).click()
    await proceed(page)
    room = page.get_by_role("radiogroup", name="Room")
    await expect(room).to_have_attribute("aria-invalid", "true")
    await expect(room).to_have_accessible_description("This field is required. Be honest.")
    await expect(stars(page, "Room", 1)).to_be_focused()
    await stars(page, "Room", 4).click()
    await expect(page.get_by_text("This field is required.")).to_be_hidden()
    await proceed(page)
    await expect(page.get_by_text("Not even.")).to_be_visible()
    await expect(stars(page, "Room", 4)).to_be_checked()
    await expect(stars(page, "Odd", 2)).to_be_checked()


async def test_half_filled_stars_survive_a_reload(page: Page) -> None:
    await page.goto("/rate")
    await stars(page, "Room", 4).click()
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(stars(page, "Room", 4)).to_be_checked()


async def draw_a_line(page: Page) -> None:
    pad = page.get_by_role("img", name="Signature pad")
    await pad.scroll_into_view_if_needed()
    box = await pad.bounding_box()
    assert box
    await page.mouse.move(box["x"] + 20, box["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 120, box["y"] + 60, steps=8)
    await page.mouse.up()


async def test_a_signature_is_drawn_cleared_and_drawn_again(page: Page) -> None:
    await page.goto("/sign")
    await proceed(page)
    await expect(page.get_by_text("This field is required.")).to_be_visible()
    await draw_a_line(page)
    await expect(page.get_by_role("img", name="Signature pad, signed")).to_be_visible()
    await page.get_by_role("button", name="Clear").click()
    await expect(page.get_by_role("img", name="Signature pad, empty")).to_be_visible()
    await proceed(page)
    await expect(page.get_by_text("This field is required.")).to_be_visible()
    await draw_a_line(page)
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_role("img", name="Signature pad, signed")).to_be_visible()
    await proceed(page)
    await expect(result(page)).to_contain_text("Yes")
    drawn = page.get_by_role("img", name="Signature, drawn by hand")
    await expect(drawn).to_be_visible()
    assert await drawn.evaluate("(image) => image.naturalWidth") == 630


async def test_a_signature_is_typed(page: Page) -> None:
    await page.goto("/sign")
    await page.get_by_role("button", name="Type your name instead").press("Enter")
    await expect(page.get_by_role("textbox", name="Your name, instead of drawing")).to_be_focused()
    await page.keyboard.type("Ada <b>")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_role("textbox", name="Your name")).to_have_value("Ada <b>")
    await proceed(page)
    await expect(page.get_by_text("Ada <b> (typed)")).to_be_visible()


async def test_an_address_is_typed_and_its_errors_stand_at_the_lines(page: Page) -> None:
    await page.goto("/live")
    home = page.get_by_role("group", name="Home")
    await home.get_by_label("City").fill("Bern")
    await proceed(page)
    await expect(home.get_by_label("Street")).to_be_focused()
    await expect(home.get_by_text("Please enter the postcode.")).to_be_visible()
    await expect(home.get_by_label("City")).not_to_have_attribute("aria-invalid", "true")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(home.get_by_label("City")).to_have_value("Bern")
    for label, text in (("Street", "Gasse  7"), ("Postcode", "3011"), ("Country", "Switzerland")):
        await home.get_by_label(label).fill(text)
    await proceed(page)
    await expect(result(page)).to_contain_text(re.compile(r"Gasse 7\s+3011 Bern\s+Switzerland"))


async def test_an_address_is_suggested_by_the_action(page: Page) -> None:
    await page.goto("/live")
    await page.get_by_label("Street").press_sequentially("Lindenallee")
    await (
        page.get_by_role("group", name="Suggestions").get_by_role("button", name="Lindenallee 1, 10115 Berlin").click()
    )
    await expect(page.get_by_label("Postcode")).to_have_value("10115")
    await expect(page.get_by_role("button", name="Lindenallee 1")).to_be_hidden()
    await proceed(page)
    await expect(result(page)).to_contain_text("Lindenallee 1")


async def test_what_cannot_be_drawn_says_so_and_the_rest_is_sent(page: Page) -> None:
    await page.goto("/broken")
    alert = page.get_by_role("alert").filter(has_text="Chart (optional) can't be shown")
    await expect(alert).to_contain_text("RuntimeError: no <b>chart</b> today")
    await expect(page.get_by_text("half drawn")).to_be_hidden()
    await alert.get_by_text("Show traceback").click()
    await expect(page.get_by_role("region", name="Traceback")).to_contain_text("odd.py")
    await page.get_by_role("textbox", name="Plain").fill("Ada")
    await proceed(page)
    await expect(result(page)).to_contain_text("Ada")


async def test_what_cannot_be_drawn_but_is_needed_is_not_sent(page: Page) -> None:
    await page.goto("/broken-and-needed")
    await expect(page.get_by_text("Chart can't be shown")).to_be_visible()
    await proceed(page)
    await expect(page.get_by_text("This field is required.")).to_be_visible()


async def test_an_answer_that_cannot_be_shown_says_so_in_its_place(page: Page) -> None:
    await page.goto("/unshown")
    await page.get_by_role("textbox", name="Unshown").fill("Ada")
    await proceed(page)
    await expect(result(page)).to_contain_text("Ada")
    await expect(page.get_by_role("definition").filter(has_text="RuntimeError: not today")).to_be_visible()
    await expect(page.get_by_text("half shown")).to_be_hidden()


async def test_a_value_of_another_type_is_not_taken_for_the_one_before(page: Page) -> None:
    await page.goto("/mistyped")
    await page.get_by_role("button", name="Good").click()
    await page.get_by_role("button", name="Bad").click()
    await expect(page.get_by_text("Enter a valid value.")).to_be_visible()
    await proceed(page)
    await expect(page.get_by_text("This field is required.")).to_be_visible()
    await page.get_by_role("button", name="Good").click()
    await proceed(page)
    await expect(result(page)).to_contain_text("7")


async def test_a_folded_part_is_unfolded_for_what_the_action_finds_also_after_a_reload(page: Page) -> None:
    await page.goto("/folded")
    await page.get_by_text("More", exact=True).click()
    await stars(page, "Even", 3).click()
    await page.get_by_text("More", exact=True).click()
    await proceed(page)
    await expect(page.get_by_text("That is odd.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("That is odd.")).to_be_visible()
    await expect(stars(page, "Even", 3)).to_be_checked()


async def test_a_broken_file_is_told_and_a_reload_takes_the_repair(page: Page, folder: Path) -> None:
    await page.goto("/")
    file = folder / "components" / "rating.py"
    good = file.read_text()
    file.write_text("def half(:\n")
    await expect(page.get_by_role("alert").filter(has_text="components/rating.py:1")).to_be_visible(timeout=15_000)
    file.write_text(good.replace('"★"', '"✿"'))
    await expect(page.get_by_role("alert").filter(has_text="components/rating.py")).to_be_hidden(timeout=15_000)
    await page.goto("/rate")
    await expect(page.get_by_role("radiogroup", name="Room")).to_contain_text("✿✿✿✿✿")
