"""Links of displays: within the app without a reload, else in a new tab."""

from collections.abc import Mapping
from typing import Any

from nicegui.element import Element

from restival.i18n import t
from restival.io.core.urls import LinkTheme
from restival.ui.elements.button import ButtonStyle
from restival.ui.elements.link import link
from restival.ui.elements.text import text

LOOKS: Mapping[LinkTheme, ButtonStyle] = {
    "default": "plain",
    "primary": "primary",
    "secondary": "plain",
    "danger": "danger",
}


def anchor(label: str, href: str, classes: str = "r-link", *, starts: bool = False) -> Element:
    """A link with a label; one that leaves the app says so to those who don't see the arrow."""
    if href.startswith(("/", "mailto:", "tel:")):
        return link(label, href, classes, starts=starts)
    return outward(label, href, classes)


def outward(label: str, href: str, classes: str = "r-link") -> Element:
    """A link that opens in a new tab, as a file's does even where the app serves it."""
    found = link(label, href, f"{classes} r-out")
    found.props["target"] = "_blank"
    found.props["rel"] = "noopener noreferrer"
    with found:
        text("span", f" ({t('opens in a new tab')})", "r-unseen")
    return found


def button_link(item: Mapping[str, Any]) -> Element:
    """A link that looks like a button of its theme."""
    return _themed(item, f"r-button r-{LOOKS[item.get('theme', 'default')]}")


def menu_link(item: Mapping[str, Any]) -> Element:
    """A link in a menu."""
    return _themed(item, f"r-menu-link r-menu-{item.get('theme', 'default')}")


def _themed(item: Mapping[str, Any], classes: str) -> Element:
    """One that is disabled is told and can't be followed."""
    if item.get("disabled"):
        return text("span", item["label"], classes).props('role="link" aria-disabled="true"')
    return anchor(item["label"], item["href"], classes, starts=item.get("starts", False))
