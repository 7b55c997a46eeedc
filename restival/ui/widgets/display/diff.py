"""What has changed between two texts."""

from collections.abc import Sequence
from html import escape
from typing import Any

from nicegui import ui

from restival.i18n import t, tn
from restival.io.core.call import FieldSpec
from restival.isolation.sandbox.diff_rows import Row, all_changed
from restival.ui.elements.content.formatted import Text, show
from restival.ui.elements.content.html import tag
from restival.ui.widgets.base.widget import Changed, Widget

MOST = 3_000
"""Rows that are drawn: all of a long text would hold up the app and the browser."""
SIGNS = {"went": "−", "came": "+", "same": ""}


class DiffWidget(Widget):
    """The changed lines, those of both texts in one column or side by side; on phones always in one."""

    component = "display.diff"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.root = self._place = ui.html("", sanitize=False).classes("r-frame r-diff")
        show(self._place, self.texts(spec), self._draw)

    def _draw(self, found: list[Any] | None, *html: str | None) -> None:
        before, after = self.spec.props["before"], self.spec.props["after"]
        rows = all_changed(before, after) if found is None else [Row(*row) for row in found]
        old, new = html or (None, None)
        if rows:
            drawn = rows[:MOST]
            lines = Lines(_html_lines(before, old), _html_lines(after, new))
            name = self.spec.label or t("Changes")
            label, beside = escape(name), escape(t("{label}, side by side", label=name))
            tables = (
                f'<table class="r-diff-one" aria-label="{label}"><tbody>{lines.one_column(drawn)}</tbody></table>'
                f'<table class="r-diff-two" aria-label="{beside}">{_two_head()}'
                f"<tbody>{lines.two_columns(drawn)}</tbody></table>"
            )
            body = f'<div class="r-diff-scroll" tabindex="0" role="region" aria-label="{label}">{tables}</div>'
            if len(rows) > MOST:
                body += tag("p", t("Showing the first {count} lines.", count=MOST), "r-hint r-diff-none")
            switch = _switch(f"diff-{self.root.id}")
        else:
            same = t("No changes") if before == after else t("Only line endings have changed.")
            body, switch = tag("p", same, "r-hint r-diff-none"), ""
        label = tag("span", self.spec.label, "r-label") + tag("span", _told(rows), "r-hint")
        self._place.set_content(f'<div class="r-frame-head">{label}{switch}</div>{body}')

    @classmethod
    def texts(cls, spec: FieldSpec) -> list[Text]:
        """The difference, and both texts if their language is known."""
        before, after, language = spec.props["before"], spec.props["after"], spec.props.get("language")
        # Highlighting sees a whole text, since what a line means can hang on those before it.
        whole = ["\n".join(each.splitlines()) for each in (before, after)] if language else []
        return [Text("diff", (before, after)), *(Text("code", (each, language or "")) for each in whole)]


def _two_head() -> str:
    titles = (t("Line"), t("Before"), t("Line"), t("After"))
    heads = "".join(f"<th>{escape(title)}</th>" for title in titles)
    columns = '<colgroup><col class="r-diff-number"><col><col class="r-diff-number"><col></colgroup>'
    return f'<thead class="r-unseen"><tr>{heads}</tr></thead>{columns}'


class Lines:
    """The lines of both texts as HTML."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self._old = old
        self._new = new

    def one_column(self, rows: Sequence[Row]) -> str:
        """Rows of a table in which what went stands above what came in its place."""
        shown: list[str] = []
        came: list[str] = []
        for row in rows:
            if row.kind != "changed":
                shown += came
                came = []
            if row.kind == "gap":
                shown.append(_gap(row, 3))
            elif row.kind == "same" and row.left is not None and row.right is not None:
                shown.append(_line("same", row.left, row.right, self._new[row.right]))
            else:
                if row.left is not None:
                    shown.append(_line("went", row.left, None, self._old[row.left]))
                if row.right is not None:
                    came.append(_line("came", None, row.right, self._new[row.right]))
        return "".join(shown + came)

    def two_columns(self, rows: Sequence[Row]) -> str:
        """Rows of a table in which each line stands beside the one in its place."""
        return "".join(_gap(row, 4) if row.kind == "gap" else self._beside(row) for row in rows)

    def _beside(self, row: Row) -> str:
        same = row.kind == "same"
        old = _half("same" if same else "went", row.left, self._old)
        return f"<tr>{old}{_half('same' if same else 'came', row.right, self._new)}</tr>"


def _html_lines(text: str, highlighted: str | None) -> list[str]:
    return [escape(line) for line in text.splitlines()] if highlighted is None else highlighted.split("\n")


def _line(kind: str, left: int | None, right: int | None, html: str) -> str:
    return f'<tr class="r-diff-{kind}">{_number(left)}{_number(right)}{_cell(kind, html)}</tr>'


def _half(kind: str, at: int | None, lines: Sequence[str]) -> str:
    if at is None:
        return '<td class="r-diff-number r-diff-void"></td><td class="r-diff-void"></td>'
    return _number(at, f"r-diff-{kind}") + _cell(kind, lines[at], f"r-diff-{kind}")


def _number(at: int | None, classes: str = "") -> str:
    return f'<td class="r-diff-number {classes}">{"" if at is None else at + 1}</td>'


def _cell(kind: str, html: str, classes: str = "") -> str:
    sign, words = SIGNS[kind], {"went": t("removed"), "came": t("added"), "same": ""}[kind]
    unseen = f'<span class="r-unseen">{escape(words)}: </span>' if words else ""
    return f'<td class="r-diff-text {classes}" data-sign="{sign}">{unseen}<code>{html}</code></td>'


def _gap(row: Row, columns: int) -> str:
    told = escape(tn("{count} line unchanged", "{count} lines unchanged", row.left or 0))
    return f'<tr class="r-diff-gap"><td colspan="{columns}">{told}</td></tr>'


def _told(rows: Sequence[Row]) -> str:
    changed = [row for row in rows if row.kind == "changed"]
    went = sum(row.left is not None for row in changed)
    came = sum(row.right is not None for row in changed)
    return t("{came} added, {went} removed", came=came, went=went) if rows else ""


def _switch(name: str) -> str:
    ways = (("one", t("Unified"), " checked"), ("two", t("Side by side"), ""))
    inputs = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"{on}><span>{escape(words)}</span></label>'
        for value, words, on in ways
    )
    return f'<span class="r-diff-switch" role="radiogroup" aria-label="{escape(t("Layout"))}">{inputs}</span>'
