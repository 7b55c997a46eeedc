"""Links of displays: within the app without a reload, else in a new tab."""

from collections.abc import Mapping
from typing import Any

from nicegui import ui
from nicegui.element import Element

from restival.ui.links import link
from restival.ui.text import text


def anchor(label: str, href: str, classes: str = "") -> ui.link:
    """A link with a label; one that leaves the app says so to those who don't see the arrow."""
    if href.startswith(("/", "mailto:", "tel:")):
        return link(label, href, classes)
    return outward(label, href, classes)


def menu_link(item: Mapping[str, Any], classes: str = "r-choice-link") -> Element:
    """A link of a menu; one that is disabled is told and can't be followed."""
    themed = f"{classes} r-theme-{item.get('theme', 'default')}"
    if item.get("disabled"):
        return text("span", item["label"], themed).props('role="link" aria-disabled="true"')
    return anchor(item["label"], item["href"], themed)


def outward(label: str, href: str, classes: str = "") -> ui.link:
    """A link that opens in a new tab, as a file's does even where the app serves it."""
    found = ui.link(label, href, new_tab=True).classes(replace=f"r-link r-out {classes}")
    found.props["rel"] = "noopener noreferrer"
    with found:
        text("span", " (opens in a new tab)", "r-unseen")
    return found
