"""The menus: what the navigation offers, in which order."""

from typing import Self

from pydantic import Field, model_validator

from restival.settings.base import Section

TARGETS = ("action", "page", "url")


class MenuLink(Section):
    """A line of a menu: exactly one of `action`, `page` and `url` says where it goes."""

    action: str | None = Field(None, description="the address of an action, such as shop/refund")
    page: str | None = Field(None, description="the address of a page, or of a folder")
    url: str | None = Field(None, pattern=r"^(https?://|mailto:)", description="an external address")
    title: str | None = Field(None, description="by default, the action's or page's own")
    icon: str | None = Field(None, description="the name of a Material icon")
    roles: list[str] = Field([], description="who sees it; by default, everyone who can open it")

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        given = [name for name in TARGETS if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"give one of {', '.join(TARGETS)}, not {' and '.join(given) or 'none'}")
        if self.url is not None and not self.title:
            raise ValueError("an external link needs a title")
        return self


class Menu(Section):
    """A group of the navigation."""

    title: str = Field(min_length=1)
    icon: str | None = None
    roles: list[str] = Field([], description="who sees it; by default, everyone who can open something in it")
    items: list[MenuLink] = Field(min_length=1)
