"""Signing in by a link to a real app, over HTTP; what was used stays so when the app is killed."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.browser.test_sign_in import guarded_app
from tests.process import AppProcess

SETTINGS = """
sign_in: {mode: link, attempts: 3, lock: 1h}
roles: {boss: {"*": [manage]}}
people:
  - {mail: ada@example.com, name: Ada, roles: [boss]}
  - {mail: bo@example.com, name: Bo, roles: [boss]}
  - {mail: cy@example.com, name: Cy, roles: [boss]}
"""


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    with guarded_app(restate_binary, tmp_path_factory.mktemp("link"), SETTINGS) as process:
        yield process


@pytest.fixture
def browser(app: AppProcess) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=app.url, timeout=30) as client:
        yield client


def links(app: AppProcess, mail: str) -> list[str]:
    """The links in the terminal."""
    return re.findall(rf"Sign-in link for {re.escape(mail)}, .*\n\s+(http://\S+)\n", app.output)


def next_link(app: AppProcess, browser: httpx2.Client, mail: str, path: str = "/sign-in") -> str:
    before = len(links(app, mail))
    assert browser.post(path, data={"mail": mail}).status_code == 200
    for _ in range(100):
        if len(found := links(app, mail)) > before:
            return found[-1]
        time.sleep(0.1)
    raise AssertionError(app.output)


def status(browser: httpx2.Client) -> int:
    """Of a call that only people who have signed in can make."""
    return browser.get("/api/actions").status_code


def test_a_link_signs_in_once_and_stays_used_over_a_kill(app: AppProcess, browser: httpx2.Client) -> None:
    link = next_link(app, browser, "ada@example.com", "/sign-in?next=%2Fpeople")
    assert link.startswith(f"{app.url}/sign-in/link?token=")
    for _ in range(3):  # programs that look at links use none up
        assert browser.get(link).status_code == 200
    assert status(browser) == 401
    answer = browser.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    assert status(browser) == 200
    app.kill()
    app.start()
    assert status(browser) == 200
    for again in (browser.get(link), browser.post(link)):
        assert again.status_code == 403
        assert "used or has expired" in again.text
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    assert status(browser) == 401


def test_the_answer_is_the_same_for_addresses_that_nobody_has(app: AppProcess, browser: httpx2.Client) -> None:
    bodies = set()
    for mail in ("bo@example.com", "nobody@example.com"):
        answers = [browser.post("/sign-in", data={"mail": mail}) for _ in range(4)]
        assert [each.status_code for each in answers] == [200, 200, 200, 403]
        assert len({str(sorted(each.headers)) for each in answers}) == 1
        bodies.add("".join(each.text for each in answers).replace(mail, "…"))
    assert len(bodies) == 1
    assert "nobody@example.com" not in app.output


def test_a_link_names_the_app_itself_whatever_the_request_says(app: AppProcess, browser: httpx2.Client) -> None:
    before = len(links(app, "cy@example.com"))
    forged = {"host": "localhost:1", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    assert browser.post("/sign-in", data={"mail": "cy@example.com"}, headers=forged).status_code == 200
    assert (
        browser.post("/sign-in", data={"mail": "cy@example.com"}, headers={"host": "evil.example"}).status_code == 403
    )
    time.sleep(1)
    [link] = links(app, "cy@example.com")[before:]
    assert link.startswith(f"{app.url}/")


def test_a_page_of_another_site_uses_no_link(app: AppProcess, browser: httpx2.Client) -> None:
    link = next_link(app, browser, "cy@example.com")
    assert browser.post(link, headers={"origin": "https://evil.example"}).status_code == 403
    assert browser.post(link).status_code == 303


def test_the_audit_has_requests_and_sign_ins_but_no_token(app: AppProcess, browser: httpx2.Client) -> None:
    link = next_link(app, browser, "ada@example.com")
    assert browser.post(link).status_code == 303
    text = (app.data / "audit.jsonl").read_text()
    told = {(line["event"], line["who"]) for line in map(json.loads, text.splitlines())}
    assert {("sign-in link requested", "ada@example.com"), ("signed in", "ada@example.com")} <= told
    token = link.partition("token=")[2]
    assert token not in text + (app.data / "app.log").read_text()


@pytest.mark.parametrize("token", ["", "x", "a.b", "%00", "%ff", "x" * 5000])
def test_what_is_no_link_opens_nothing(app: AppProcess, browser: httpx2.Client, token: str) -> None:
    for answer in (browser.get(f"/sign-in/link?token={token}"), browser.post(f"/sign-in/link?token={token}")):
        assert answer.status_code == 403
        assert "used or has expired" in answer.text
    assert status(browser) == 401


def test_a_form_that_is_too_large_is_refused(browser: httpx2.Client) -> None:
    assert browser.post("/sign-in", data={"mail": "x" * 20_000}).status_code == 413
