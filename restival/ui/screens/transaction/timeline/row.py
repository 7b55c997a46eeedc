"""A line of a timeline as HTML: one piece, because a browser redraws element by element."""

from datetime import datetime
from html import escape

from restival.engine.client.timeline import Span
from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.ui.elements.content.html import tag
from restival.ui.elements.times import to_the_second, took_exactly
from restival.ui.screens.transaction.timeline.axis import Axis
from restival.ui.screens.transaction.timeline.labels import ICONS, SHORT, subtitle, title

AT_ONCE = 0.001
"""Seconds; what took less just happened."""


def line_html(span: Span, view: Transaction, axis: Axis, now: datetime, *, results: bool) -> str:
    """When, what, a bar for how long, and how long in words."""
    name, about = title(span, view), subtitle(span, view, now, results=results)
    name = name if len(name) <= SHORT else f"{name[:SHORT]}…"
    about = about if len(about) <= 2 * SHORT else f"{about[: 2 * SHORT]}…"
    state = _state(span, view)
    return (
        tag("span", to_the_second(span.at), "r-happened-at")
        + f'<span class="r-happened-what r-happened-{state}"><i class="material-icons notranslate r-icon" '
        f'aria-hidden="true">{ICONS[span.kind]}</i><span class="r-happened-words">'
        + tag("span", name, "r-happened-title")
        + (tag("span", about, "r-happened-about") if about else "")
        + "</span></span>"
        + f'<span class="r-happened-track" aria-hidden="true">{_bars(span, axis, now)}</span>'
        + tag("span", _took(span, now), "r-happened-took")
    )


def _state(span: Span, view: Transaction) -> str:
    if span.goes_on:
        return "open"
    ended = span.kind == "outcome" and view.outcome is not None
    if span.failed or (ended and view.outcome is not None and view.outcome.state == "failed"):
        return "failed"
    if span.kind == "log" and (line := view.log.get(span.n or 0)) is not None and line.level == "warning":
        return "warning"
    return "done" if ended and view.outcome is not None and view.outcome.state == "done" else "over"


def _took(span: Span, now: datetime) -> str:
    seconds = span.seconds(now)
    if span.goes_on:
        return t("{time} so far", time=took_exactly(seconds))
    return took_exactly(seconds) if seconds >= AT_ONCE else ""


def _bars(span: Span, axis: Axis, now: datetime) -> str:
    """A bar for the whole time, over it one for each try; where time is shortened, the bar is hatched."""
    end = span.until or now
    if not span.tries and end <= span.at:
        return _bar(axis, span.at, span.at, "point")
    short = any(begin < end and span.at < stop for begin, stop in axis.shortened)
    bars = _bar(axis, span.at, end, f"{'wait' if _waits(span) else 'work'}{' r-shortened' if short else ''}")
    if _in_parts(span):
        bars += "".join(
            _bar(axis, each.at, each.until or now, "failed" if each.failed else "work") for each in span.tries
        )
    elif span.failed:
        bars = _bar(axis, span.at, end, "failed")
    return bars


def _waits(span: Span) -> bool:
    return span.kind in ("question", "sleep") or _in_parts(span)


def _in_parts(span: Span) -> bool:
    return len(span.tries) > 1 or any(each.next_at for each in span.tries)


def _bar(axis: Axis, begin: datetime, end: datetime, look: str) -> str:
    left, width = axis.bar(begin, end)
    return f'<span class="r-happened-bar r-bar-{escape(look)}" style="left:{left}%;width:{width}%"></span>'
