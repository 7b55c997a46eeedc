"""The same tools elsewhere: production, and where they are tried out."""

from pydantic import Field

from restival.settings.base import Section


class Environment(Section):
    """Another run of the same project."""

    name: str = Field(
        min_length=1, max_length=40, description="such as production, or the value of `environment` there"
    )
    url: str = Field(pattern=r"^https?://", description="where users reach it")
