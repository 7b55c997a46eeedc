"""What all parts of the settings have in common."""

import re
from datetime import timedelta
from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from restival.actions.cron import check_zone


def _zone(value: str) -> str:
    check_zone(value)
    return value


Zone = Annotated[str, AfterValidator(_zone)]
"""A time zone by its IANA name, as Europe/Berlin."""


def _network(value: str) -> str:
    ip_network(value, strict=False)
    return value


Network = Annotated[str, AfterValidator(_network)]
"""An address, or a range of them as 10.0.0.0/8."""

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Section(BaseModel):
    """A part of the settings; keys that it doesn't know are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _with_unit(value: object) -> object:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhdw])", value.strip()) if isinstance(value, str) else None
    return value if found is None else timedelta(**{UNITS[found[2]]: float(found[1])})


SHOWN = {"type": "string", "pattern": r"^(\d+(\.\d+)?\s*[smhdw]|P.+)$", "examples": ["60s", "12h", "365d"]}
Duration = Annotated[timedelta, BeforeValidator(_with_unit), WithJsonSchema(SHOWN)]
"""A number with a unit, as 60s or 365d, beside what pydantic reads."""
