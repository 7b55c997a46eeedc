"""Browsers are known by a signed cookie, for the people who have signed in there."""

from restival.auth.known_browsers import MOST_PEOPLE, KnownBrowsers

ADA, BO = "ada@example.com", "bo@example.com"


def test_a_browser_is_known_for_its_people_only() -> None:
    known = KnownBrowsers(b"a secret")
    cookie = known.having("", ADA)
    browser = known.browser(cookie, ADA)
    assert browser
    assert known.browser(cookie, BO) is None
    both = known.having(cookie, BO)
    assert known.browser(both, ADA) == known.browser(both, BO) == browser
    assert known.having("", ADA) != known.having("", ADA)


def test_a_cookie_that_is_not_ours_is_nothing() -> None:
    known = KnownBrowsers(b"a secret")
    cookie = known.having("", ADA)
    for wrong in ("", "x", cookie[:-2], cookie.swapcase(), KnownBrowsers(b"another").having("", ADA)):
        assert known.browser(wrong, ADA) is None


def test_a_shared_browser_forgets_who_was_there_longest_ago() -> None:
    known, cookie = KnownBrowsers(b"a secret"), ""
    mails = [f"person{number}@example.com" for number in range(MOST_PEOPLE + 1)]
    for mail in mails:
        cookie = known.having(cookie, mail)
    assert [known.browser(cookie, mail) is not None for mail in mails] == [False] + [True] * MOST_PEOPLE
