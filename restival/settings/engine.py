"""Where Restate and the files are."""

from pydantic import Field

from restival.settings.base import Section


class ExternalEngine(Section):
    """A Restate server that somebody else runs."""

    ingress: str = Field(pattern=r"^https?://", description="the URL of its ingress")
    admin: str = Field(pattern=r"^https?://", description="the URL of its admin API")
    port: int = Field(9080, ge=0, le=65535, description="the port at which the app listens for it; 0 takes a free one")
    worker: str | None = Field(None, pattern=r"^https?://", description="the URL under which it reaches this app")
    token: str | None = None
    identity_key: str | None = Field(
        None,
        pattern=r"^publickeyv1_[1-9A-HJ-NP-Za-km-z]{32,44}$",
        description="the public key that it signs with, as it logs it",
    )
    unsigned: bool = Field(False, description="take requests without a signature; on loopback only")


class StorageSettings(Section):
    """Where the files of transactions lie, if not in the data folder."""

    url: str = Field(pattern=r"^(file|s3)://.+", description="file:///folder or s3://bucket/prefix")
    options: dict[str, str] = Field({}, description="as endpoint, region, access_key_id, secret_access_key")
