"""What displays make of what they are given: harmless HTML, highlighted code, differences."""

import difflib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restival.isolation.sandbox.diff_rows import diff_rows
from restival.isolation.sandbox.highlight import highlighted
from restival.isolation.sandbox.sanitize import sanitised

HARMLESS = [
    ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
    ('<a href="/x">a</a>', '<a href="/x" rel="noopener noreferrer">a</a>'),
    ('<img src="data:image/png;base64,AA">', '<img src="data:image/png;base64,AA">'),
    ('<p style="color: red; padding: 4px">a</p>', '<p style="color:red;padding:4px">a</p>'),
    (
        '<div class="codehilite"><span class="nb">a</span></div>',
        '<div class="codehilite"><span class="nb">a</span></div>',
    ),
    ("<details open><summary>a</summary>b</details>", '<details open=""><summary>a</summary>b</details>'),
]


@pytest.mark.parametrize(("html", "expected"), HARMLESS)
def test_what_is_harmless_stays(html: str, expected: str) -> None:
    assert sanitised(html) == expected


HARMFUL = [
    ("<script>alert(1)</script>", "alert"),
    ("<style>body{display:none}</style>", "display"),
    ("<img src=x onerror=alert(1)>", "alert"),
    ("<svg><script>alert(1)</script></svg>", "alert"),
    ("<svg onload=alert(1)>", "alert"),
    ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "onerror"),
    ('<a href="javascript:alert(1)">a</a>', "javascript"),
    ('<a href="java\tscript:alert(1)">a</a>', "script"),
    ('<a href="&#106;avascript:alert(1)">a</a>', "avascript"),
    ('<a href="data:text/html,x">a</a>', "data:"),
    ('<img src="data:text/html,x">', "data:"),
    ("<iframe src=/></iframe>", "iframe"),
    ("<object data=x></object>", "object"),
    ('<form action="https://evil.example"><input></form>', "form"),
    ("<input>", "input"),
    ("<button>a</button>", "button"),
    ('<meta http-equiv="refresh" content="0">', "meta"),
    ("<base href=//evil.example>", "base"),
    ('<p style="position: fixed; inset: 0">a</p>', "position"),
    ('<p style="background: url(https://evil.example)">a</p>', "evil"),
    ('<p style="margin-top: -900px">a</p>', "margin"),
    ('<div class="q-dialog fixed-full">a</div>', "q-dialog"),
    ('<p id="main">a</p>', "main"),
    ("<a name=main>a</a>", "main"),
]


@pytest.mark.parametrize(("html", "gone"), HARMFUL)
def test_what_is_harmful_goes(html: str, gone: str) -> None:
    assert gone not in sanitised(html)


def test_code_is_escaped_in_every_language() -> None:
    for language in (None, "python", "html", "no-such-language"):
        assert "<img" not in highlighted("<img src=x>", language)
    assert '<span class="k">def</span>' in highlighted("def f(): ...", "python")


lines = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=30)


@given(old=lines, new=lines)
def test_a_diff_leads_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    """Walking over the rows and the gaps gives both texts."""
    rows = diff_rows("".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new))
    if not rows:
        assert old == new
        return
    left, right = 0, 0
    for row in rows:
        if row.kind == "gap":
            assert row.left is not None
            assert old[left : left + row.left] == new[right : right + row.left]
            left, right = left + row.left, right + row.left
            continue
        if row.kind == "same":
            assert old[left] == new[right]
        if row.left is not None:
            assert row.left == left
            left += 1
        if row.right is not None:
            assert row.right == right
            right += 1
    assert (left, right) == (len(old), len(new))


def test_a_diff_is_as_short_as_that_of_difflib() -> None:
    old = [f"line {n}" for n in range(300)]
    new = [*old[:50], "new", *old[50:200], *old[203:]]
    changed = [row for row in diff_rows("\n".join(old), "\n".join(new)) if row.kind == "changed"]
    told = [line for line in difflib.ndiff(old, new) if line[0] in "+-"]
    assert sum((row.left is not None) + (row.right is not None) for row in changed) == len(told) == 4


def seconds_of_diff(lines: int) -> float:
    """The processor's time for two texts that have hardly a line in the same place."""
    old = "\n".join(f"{n * 7919 % 1000}" for n in range(lines))
    new = "\n".join(f"{n * 7907 % 1000}" for n in range(lines))
    began = time.process_time()
    assert diff_rows(old, new)
    return time.process_time() - began


def test_time_for_a_diff_grows_at_most_with_the_square_of_its_lines() -> None:
    assert seconds_of_diff(15_000) < 45 * seconds_of_diff(4_000)
    assert seconds_of_diff(30_000) < 45 * seconds_of_diff(4_000)
