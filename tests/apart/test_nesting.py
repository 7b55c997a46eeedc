"""Which HTML can be cleaned in a time that grows with its length only."""

import time

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restival.io.core.call import InvalidAnswer
from restival.io.input.rich_text import RichTextProps, sanitized
from restival.isolation.sandbox.nesting import FEW, is_quick

SLOW = {
    "nested": "<div>" * 20_000,
    "lists": "<ul><li>" * 12_000,
    "repeated in each paragraph": "".join(f"<b a={n}></p><p>" for n in range(6_000)),
    "closed in another order": "".join(f"<p><b a={n}></p></b>" for n in range(5_000)),
    "closed in comments": "<div><!--</div>-->" * 5_000,
    "closed in attributes": '<div title="</div>">' * 5_000,
    "closed where they can't be": "<div><object></div></object>" * 3_000,
    "closed in a style": "<div><style></div></style>" * 3_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_what_has_to_be_repaired_isnt_quick(name: str) -> None:
    assert not is_quick(SLOW[name])
    with pytest.raises(InvalidAnswer, match="too many nested or unclosed tags"):
        RichTextProps().check(SLOW[name][:100_000])
    assert sanitized(SLOW[name]).startswith("&lt;")  # as it is written


def test_what_editors_write_is_quick() -> None:
    html = '<div>Some <b>bold</b> words<br>and <a href="/x?a=1&amp;b=2">a link</a></div><ul><li>one</li></ul>' * 900
    assert is_quick(html)
    assert RichTextProps().check(html).startswith("<div>Some <b>bold</b>")


PIECES = ["<b>", "</b>", '<b a="1">', "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<td>", "</td>", "x"]
PIECES += [
    "<a href=x>",
    "</a>",
    "<button>",
    "</button>",
    "<li>",
    "</li>",
    "<!--",
    "-->",
    "<i a='</i>'>",
    "</i>",
    "<br>",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_whatever_is_quick_is_quickly_cleaned(parts: list[str]) -> None:
    html = "".join(parts) * (60_000 // len("".join(parts)))
    began = time.perf_counter()
    if is_quick(html):
        nh3.clean(html)
    assert time.perf_counter() - began < 0.5


def test_the_worst_of_few_tags_is_quick() -> None:
    for html in ("".join(f"<b a={n}></p><p>" for n in range(FEW // 3)), "".join(f"<b a={n}>" for n in range(FEW))):
        began = time.perf_counter()
        assert is_quick(html)
        nh3.clean(html)
        assert time.perf_counter() - began < 0.5
