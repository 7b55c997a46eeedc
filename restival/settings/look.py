"""How the dashboard looks."""

from typing import Literal

from pydantic import Field, field_validator

from restival.settings.section import Section


class Theme(Section):
    """How the dashboard looks."""

    primary: str = Field("#4f46e5", pattern=r"^#[0-9a-fA-F]{6}$", description="the accent colour, as #rrggbb")
    dark: Literal["auto", "on", "off"] = Field("auto", description="until a person chooses for themselves")

    @field_validator("dark", mode="before")
    @classmethod
    def _as_word(cls, value: object) -> object:
        """YAML reads a bare on and off as true and false."""
        return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value
