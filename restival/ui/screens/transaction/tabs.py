"""The two ways to look at a transaction: its form, and its timeline."""

from typing import Literal

from nicegui import ui

from restival.i18n import t
from restival.ui.elements.link import link

Way = Literal["form", "timeline"]


def draw_views(transaction: str, shown: Way) -> None:
    """Links to both, the one that is shown marked."""
    ways = {"form": (t("Form"), f"/t/{transaction}"), "timeline": (t("Timeline"), f"/t/{transaction}/timeline")}
    with ui.element("nav").classes("r-views r-tab-list") as place:
        place.props["aria-label"] = t("Views")
        for way, (title, target) in ways.items():
            entry = link(title, target, "r-tab r-view")
            if way == shown:
                entry.props["aria-current"] = "page"
