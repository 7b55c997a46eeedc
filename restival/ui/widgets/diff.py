"""What has changed between two texts."""

from collections.abc import Sequence
from html import escape

from nicegui import ui

from restival.io.call import FieldSpec
from restival.ui.answer import tag
from restival.ui.widgets.diff_rows import Row, diff_rows
from restival.ui.widgets.highlight import highlighted
from restival.ui.widgets.widget import Changed, Widget
from restival.words import t, tn

SIGNS = {"went": "−", "came": "+", "same": ""}


class DiffWidget(Widget):
    """The changed lines, those of both texts in one column or side by side; on phones always in one."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        before, after, language = spec.props["before"], spec.props["after"], spec.props.get("language")
        rows = diff_rows(before, after)
        self.root = ui.html("", sanitize=False).classes("r-frame r-diff")
        if rows:
            lines = Lines(before, after, language)
            name = spec.label or t("Changes")
            label, beside = escape(name), escape(t("{label}, side by side", label=name))
            tables = (
                f'<table class="r-diff-one" aria-label="{label}"><tbody>{lines.one_column(rows)}</tbody></table>'
                f'<table class="r-diff-two" aria-label="{beside}">{_two_head()}'
                f"<tbody>{lines.two_columns(rows)}</tbody></table>"
            )
            body = f'<div class="r-diff-scroll" tabindex="0" role="region" aria-label="{label}">{tables}</div>'
            switch = _switch(f"diff-{self.root.id}")
        else:
            same = t("Nothing has changed.") if before == after else t("Only the ends of lines have changed.")
            body, switch = tag("p", same, "r-hint r-diff-none"), ""
        label = tag("span", spec.label, "r-label") + tag("span", _told(rows), "r-hint")
        self.root.set_content(f'<div class="r-frame-head">{label}{switch}</div>{body}')


def _two_head() -> str:
    titles = (t("Line"), t("Before"), t("Line"), t("After"))
    heads = "".join(f"<th>{escape(title)}</th>" for title in titles)
    columns = '<colgroup><col class="r-diff-number"><col><col class="r-diff-number"><col></colgroup>'
    return f'<thead class="r-unseen"><tr>{heads}</tr></thead>{columns}'


class Lines:
    """The lines of both texts as HTML."""

    def __init__(self, before: str, after: str, language: str | None) -> None:
        self._old = _html_lines(before, language)
        self._new = _html_lines(after, language)

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


def _html_lines(text: str, language: str | None) -> list[str]:
    """Highlighting sees the whole text, since what a line means can hang on those before it."""
    return highlighted("\n".join(text.splitlines()), language).split("\n")


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
