"""Where Restate and the files are."""

from pydantic import Field

from restival.settings.base import Section


class ExternalEngine(Section):
    """A Restate server that somebody else runs."""

    ingress: str = Field(pattern=r"^https?://", description="the URL of Restate's ingress")
    admin: str = Field(pattern=r"^https?://", description="the URL of Restate's admin API")
    port: int = Field(
        9080, ge=0, le=65535, description="the port on which the app listens for Restate; 0 picks a free port"
    )
    worker: str | None = Field(None, pattern=r"^https?://", description="the URL at which Restate reaches this app")
    token: str | None = None
    identity_key: str | None = Field(
        None,
        pattern=r"^publickeyv1_[1-9A-HJ-NP-Za-km-z]{32,44}$",
        description="the public key that Restate signs with, as in its log",
    )
    unsigned: bool = Field(False, description="accept unsigned requests; on loopback only")


class StorageSettings(Section):
    """Where the files of transactions lie, if not in the data folder."""

    url: str = Field(pattern=r"^(file|s3)://.+", description="file:///folder or s3://bucket/prefix")
    options: dict[str, str] = Field({}, description="such as endpoint, region, access_key_id, secret_access_key")
