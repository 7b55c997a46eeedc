"""HTML that comes from outside, made harmless."""

import re

import nh3

TAGS = nh3.ALLOWED_TAGS - {"map", "area", "nav"}
STYLES = {
    *("color", "background-color", "font-size", "font-style", "font-weight", "text-align", "text-decoration"),
    *("white-space", "vertical-align", "width", "max-width", "padding", "border", "border-radius", "border-collapse"),
    *("display", "flex-wrap", "gap", "grid-template-columns", "align-items", "justify-content"),
}
"""None of them moves an element out of its place: what is shown can't cover what is to be clicked."""
ATTRIBUTES = {tag: set(allowed) for tag, allowed in nh3.ALLOWED_ATTRIBUTES.items()}
ATTRIBUTES["*"] = {"style", "title", "lang", "dir"}
ATTRIBUTES["details"] = {"open"}
for _tag in ("span", "div"):
    ATTRIBUTES.setdefault(_tag, set()).add("class")
HIGHLIGHTED = re.compile(r"codehilite|[a-z]{1,2}[0-9]?")
"""The classes of highlighted code; any other could borrow the looks of the app."""
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|avif|svg\+xml)[;,]")


def sanitised(html: str) -> str:
    """The HTML without scripts, frames, forms, and whatever leaves its place."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        filter_style_properties=STYLES,
        url_schemes={"http", "https", "mailto", "tel", "data"},
        set_tag_attribute_values={"pre": {"tabindex": "0"}},
    )


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return value if HIGHLIGHTED.fullmatch(value) else None
    if value.strip().lower().startswith("data:"):
        return value if tag == "img" and attribute == "src" and PICTURE.match(value) else None
    return value
