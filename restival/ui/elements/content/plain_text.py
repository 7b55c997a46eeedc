"""Values as plain text."""

from restival.i18n import as_typed, t
from restival.io.core.call import Json


def plain(value: Json) -> str:
    """A value that isn't nested, as people read it."""
    if isinstance(value, bool):
        return t("Yes") if value else t("No")
    if isinstance(value, float):
        return as_typed(str(value).removesuffix(".0"))
    return "–" if value is None or value in ([], {}) else str(value)


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, which says so where it is cut."""
    if len(text) <= most:
        return text
    return f"{text[:most]}\n… {t('{count} characters total', count=len(text))}"
