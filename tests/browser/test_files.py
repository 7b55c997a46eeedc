"""Files that are uploaded while a form is open."""

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.async_api import Locator, Page, expect

from tests.process import AppProcess

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Files with names that try things."""
    first, second = tmp_path / "Åda's <b>paper.txt", tmp_path / "second.html"
    first.write_text("hello")
    second.write_text("<script>document.title='hacked'</script>")
    return [first, second]


async def choose(page: Page, field: Locator, *files: Path) -> None:
    async with page.expect_file_chooser() as chooser:
        await field.get_by_role("button", name="Choose file").click()
    await (await chooser.value).set_files(list(files))


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name)


async def test_files_are_uploaded_kept_and_given_to_the_action(
    page: Page, app: AppProcess, papers: list[Path], tmp_path: Path
) -> None:
    picture = tmp_path / "goods.PNG"
    picture.write_bytes(PNG)
    await page.goto("/forms/uploading")
    await expect(field(page, "Picture").get_by_role("button", name="Choose file")).to_have_accessible_description(
        "or drop it here (.png, .jpg, up to 1 KB) Of the goods."
    )
    await page.get_by_role("button", name="Continue").click()
    await expect(field(page, "Picture").get_by_role("alert")).to_have_text("This field is required.")
    await choose(page, field(page, "Picture"), picture)
    await expect(field(page, "Picture").get_by_role("listitem")).to_contain_text("goods.PNG")
    await choose(page, field(page, "Papers"), *papers)
    listed = field(page, "Papers").get_by_role("listitem")
    await expect(listed).to_have_count(2)
    await page.get_by_role("textbox", name="Note").fill("kept")
    await page.wait_for_timeout(500)
    app.kill()
    async with page.expect_event("load", timeout=20_000):
        app.start()
    await expect(field(page, "Picture").get_by_role("listitem")).to_contain_text("goods.PNG")
    await expect(listed).to_have_count(2)
    await page.get_by_role("button", name="Remove second.html").click()
    await expect(listed).to_have_count(1)
    await choose(page, field(page, "Papers"), papers[1])
    await expect(listed).to_have_count(2)
    await page.get_by_role("button", name="Continue").click()
    links = page.get_by_role("definition").get_by_role("link")
    await expect(links).to_have_text(["goods.PNG", "Åda's <b>paper.txt", "second.html"])
    addresses = [await link.get_attribute("href") or "" for link in await links.all()]
    dot = page.get_by_role("img", name="A dot")
    await expect(dot).to_have_js_property("naturalWidth", 1)
    assert "/api/files/" in (await dot.get_attribute("src") or "")
    await page.get_by_role("textbox", name="Later").fill("done")
    await page.get_by_role("button", name="Continue").click()
    result = page.get_by_role("region", name="Result")
    await expect(result).to_contain_text("hello")
    await expect(result).to_contain_text("108")
    shown, kept = [await page.request.get(addresses[number]) for number in (0, 2)]
    assert shown.headers["content-disposition"].startswith("inline") and await shown.body() == PNG
    assert kept.headers["content-disposition"] == "attachment; filename*=UTF-8''second.html"
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.headers["content-security-policy"].startswith("sandbox")
    part = await page.request.get(addresses[0], headers={"range": "bytes=1-3"})
    assert part.status == 206 and await part.body() == b"PNG" and part.headers["content-range"] == "bytes 1-3/108"
    assert addresses[1].endswith(quote("Åda's <b>paper.txt", safe=""))


async def test_what_may_not_be_taken_is_refused_on_the_server(page: Page, tmp_path: Path) -> None:
    large, other = tmp_path / "large.png", tmp_path / "paper.txt"
    large.write_bytes(PNG * 20)
    other.write_text("hello")
    await page.goto("/forms/uploading")
    failure = field(page, "Picture").get_by_role("alert")
    await choose(page, field(page, "Picture"), large)
    await expect(failure).to_have_text("large.png is too large. The limit is 1 KB.")
    await choose(page, field(page, "Picture"), other)
    await expect(failure).to_have_text("paper.txt isn't a .png or .jpg file. Choose another file.")
    await expect(field(page, "Picture").get_by_role("listitem")).to_have_count(0)
    place = "/api/files/" + page.url.rpartition("/")[2]
    put = page.request.put
    assert (await put(f"{place}/1/nothing?name=a.png", data=PNG)).status == 404
    assert (await put(f"{place}/2/picture?name=a.png", data=PNG)).status == 409
    assert (await put("/api/files/forms.uploading.aaaaaaaaaaaaaaaa/1/picture?name=a.png", data=PNG)).status == 404
    foreign = await put(f"{place}/1/picture?name=a.png", data=PNG, headers={"origin": "https://evil.example"})
    assert foreign.status == 403
    taken = await (await put(f"{place}/1/picture?name=..%2F..%2Fevil%00%E2%80%AE.png", data=PNG)).json()
    assert taken["name"] == "evil.png"
    assert (await page.request.get(f"{place}/{'0' * 32}/a.png")).status == 404
    answer = f"/api/transactions/{page.url.rpartition('/')[2]}/answer"
    for reference in (
        {**taken, "id": taken["id"][:-1] + "x"},
        {**taken, "id": "shop.refund.aaaaaaaaaaaaaaaa/" + "0" * 32},
    ):
        refused = await page.request.post(answer, data={"n": 1, "values": {"picture": [reference]}})
        assert refused.status == 422 and "Upload it again" in await refused.text()
    cheating = {"n": 1, "values": {"picture": [{**taken, "name": "other.png", "size": 5}]}}
    assert (await page.request.post(answer, data=cheating)).ok
    await expect(page.get_by_role("definition").get_by_role("link", name="evil.png")).to_be_visible()


async def test_an_upload_shows_how_far_it_is_and_can_be_stopped(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    await page.goto("/forms/uploading")
    session = await page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 2_000_000}
    await session.send("Network.emulateNetworkConditions", slow)
    await choose(page, field(page, "Papers"), large)
    await expect(page.get_by_role("progressbar", name="Uploading large.bin")).to_be_visible()
    await page.get_by_role("button", name="Stop uploading large.bin").click()
    await expect(field(page, "Papers").get_by_role("listitem")).to_have_count(0)
    await session.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    await choose(page, field(page, "Papers"), large)
    await expect(page.get_by_role("button", name="Remove large.bin")).to_be_visible(timeout=20_000)


async def test_who_sends_at_once_has_a_small_file_waited_for(page: Page, papers: list[Path], tmp_path: Path) -> None:
    picture = tmp_path / "goods.png"
    picture.write_bytes(PNG)
    await page.goto("/forms/uploading")
    session = await page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    await session.send("Network.emulateNetworkConditions", slow)
    await choose(page, field(page, "Papers"), papers[0])
    await choose(page, field(page, "Picture"), picture)
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("definition").get_by_role("link", name="goods.png")).to_be_visible()
