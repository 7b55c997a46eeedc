"""What a page can ask besides what it shows: the whole of its `ctx`."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from restival.access.person import Person


class PageInfo(BaseModel):
    """The page that is read: its slug and where it is, as a path from the app's root."""

    model_config = ConfigDict(frozen=True)

    slug: str
    url: str


@dataclass(frozen=True)
class PageContext:
    """The context of a page: annotate a parameter, as in `async def orders(io: IO, ctx: PageContext)`."""

    user: Person
    """Who looks at the page."""
    params: Mapping[str, str]
    """The values of the link's query string."""
    environment: str
    """The environment's name, `production` unless the settings say otherwise."""
    page: PageInfo
