"""Markdown as it is shown."""

import pytest

from restival.isolation.sandbox.markdown import markdown_html
from restival.isolation.sandbox.prose import markdown

SHOWN = {
    "*a* **b** `c` ~~d~~": "<p><em>a</em> <strong>b</strong> <code>c</code> <s>d</s></p>",
    "# a\n\nb": "<h1>a</h1>\n<p>b</p>",
    "a\n- b\n- c": "<p>a</p>\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>",
    "[a](/b)": '<p><a href="/b" rel="noopener noreferrer">a</a></p>',
    "![a](data:image/png;base64,AA)": '<p><img src="data:image/png;base64,AA" alt="a"></p>',
    "[a](javascript:b)": '<p><a rel="noopener noreferrer">a</a></p>',
    "<b onclick=c>a</b><script>d</script>": "<p><b>a</b></p>",
    "\n    a\n\n    b": "<p>a</p>\n<p>b</p>",
    "```python\nif a:\n```": '<div class="codehilite"><pre tabindex="0"><code><span class="k">if</span>'
    ' <span class="n">a</span><span class="p">:</span>\n</code></pre></div>',
    "```\n<b>\n```": '<div class="codehilite"><pre tabindex="0"><code>&lt;b&gt;\n</code></pre></div>',
    "> a": "<blockquote>\n<p>a</p>\n</blockquote>",
    "1. a\n2. b": "<ol>\n<li>a</li>\n<li>b</li>\n</ol>",
    "***": "<hr>",
    "": "",
}


@pytest.mark.parametrize("text", SHOWN)
def test_markdown_is_shown_as_people_know_it(text: str) -> None:
    assert next(markdown(text)).strip() == SHOWN[text]


def test_a_table_has_its_alignment() -> None:
    assert '<td style="text-align:right">2</td>' in next(markdown("|a|b|\n|-|-:|\n|1|2|"))


def test_an_indentation_of_all_lines_is_none() -> None:
    assert markdown_html("    a\n    b\n  c") == "<p>a\nb\nc</p>\n"
