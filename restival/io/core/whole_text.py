"""Text that UTF-8 can hold, which is all that can be stored."""

from pydantic_core import to_json

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json


def check_whole(value: Json) -> None:
    """Raises InvalidAnswer for a value with half a character in it (a lone surrogate), as broken programs send it."""
    if not _is_whole(value):
        raise InvalidAnswer(_told())


def check_event(payload: Json) -> None:
    """Raises RestivalError where half a character is in what an event brings."""
    if not _is_whole(payload):
        raise RestivalError(_told())


def _is_whole(value: Json) -> bool:
    try:
        to_json(value, inf_nan_mode="constants")
    except ValueError:
        return False
    return True


def _told() -> str:
    return t("The text contains invalid Unicode characters. Remove them.")
