"""How the dashboard looks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from restival.settings.base import Section

LOGOS: Mapping[str, str] = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
"""Media types by the ends of the names of files that can be a logo."""


class Theme(Section):
    """How the dashboard looks."""

    primary: str = Field("#4f46e5", pattern=r"^#[0-9a-fA-F]{6}$", description="the accent color, as #rrggbb")
    header: str | None = Field(
        None,
        pattern=r"^#[0-9a-fA-F]{6}$",
        description="the color of the header, as #rrggbb",
    )
    logo: Path | None = Field(None, description="an image next to the title: an SVG, PNG, or WebP file in the project")
    dark: Literal["auto", "on", "off"] = Field("auto", description="the default until a user chooses")

    @field_validator("logo")
    @classmethod
    def _picture(cls, value: Path | None) -> Path | None:
        if value is not None and value.suffix.lower() not in LOGOS:
            raise ValueError(f"choose a file that ends with {', '.join(LOGOS)}")
        return value

    @field_validator("dark", mode="before")
    @classmethod
    def _as_word(cls, value: object) -> object:
        """YAML reads a bare on and off as true and false."""
        return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value
