"""What is wrong with a value of the settings, and what is allowed there, in plain words."""

from collections.abc import Mapping
from typing import Any

ALLOWED: Mapping[str, str] = {
    "missing": "required",
    "string_type": "write text",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "greater_than_equal": "write {ge} or more",
    "less_than_equal": "write {le} or less",
    "literal_error": "write one of {expected}",
    "union_tag_invalid": "{discriminator} must be one of {expected_tags}",
    "string_too_short": "write at least {min_length} character",
    "string_too_long": "write at most {max_length} characters",
    "too_short": "list at least {min_length}",
    "time_delta_type": "write a number with a unit (s, m, h, d, w), such as 60s or 12h",
    "time_delta_parsing": "write a number with a unit (s, m, h, d, w), such as 60s or 12h",
    "date_type": "write a date, such as 2027-01-31",
    "date_parsing": "write a date, such as 2027-01-31",
    "date_from_datetime_parsing": "write a date, such as 2027-01-31",
    "date_from_datetime_inexact": "write a date, such as 2027-01-31",
    "datetime_type": "write a date and time, such as 2027-01-31T08:00:00Z",
    "datetime_parsing": "write a date and time, such as 2027-01-31T08:00:00Z",
    "datetime_from_date_parsing": "write a date and time, such as 2027-01-31T08:00:00Z",
    "timezone_aware": "write a date and time, such as 2027-01-31T08:00:00Z",
    "path_type": "write the path of a file or folder",
    "list_type": "write a list, such as [one, another]",
    "dict_type": "write keys and values",
    "model_type": "write keys and values",
    "model_attributes_type": "write keys and values",
}


def allowed_instead(error: Mapping[str, Any], about: str | None) -> str:
    """What may stand where pydantic has found a mistake; `about` describes the key."""
    kind, told = error["type"], {key: str(value).replace("'", "") for key, value in (error.get("ctx") or {}).items()}
    if kind == "string_pattern_mismatch" and about:
        return f"write a URL: {about}" if "://" in told["pattern"] else f"write {about}"
    if kind in ALLOWED:
        return ALLOWED[kind].format(**told)
    return str(error["msg"]).removeprefix("Value error, ")
