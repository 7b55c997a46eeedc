"""A web address."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from pydantic import AnyUrl, ValidationError

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props

PROTOCOLS = ("http", "https")
LONGEST = 8_000
"""Characters; browsers and servers take no longer ones for sure (RFC 9110, section 4.1)."""


class Url(AnyUrl):
    """A parsed URL. `str()` and `.geturl()` return it as text.

    Its parts are `.scheme`, `.host`, `.port`, `.path`, `.query`, and `.fragment`.
    `.hostname` and `.netloc` are the same as in Python's `urlparse`.
    """

    @property
    def hostname(self) -> str | None:
        """The host, as `urlparse` names it."""
        return self.host

    @property
    def netloc(self) -> str:
        """The host with its user and port, as they were entered."""
        return urlsplit(str(self)).netloc

    def geturl(self) -> str:
        """The address as text."""
        return str(self)


class UrlProps(Props):
    """Protocols without their colon."""

    placeholder: str | None = None
    allowed_protocols: list[str] = list(PROTOCOLS)

    def check(self, answer: Json) -> str:
        """An address with an allowed protocol, as it was entered."""
        if not isinstance(answer, str) or len(answer) > LONGEST:
            raise InvalidAnswer(t("Enter a URL with at most {count} characters.", count=LONGEST))
        address = answer.strip()
        try:
            url = AnyUrl(address)
        except ValidationError:
            raise InvalidAnswer(
                t("Enter a valid URL, as in {example}.", example=f"{self.allowed_protocols[0]}://example.com")
            ) from None
        if url.scheme not in self.allowed_protocols:
            allowed = t(" or ").join(f"{protocol}:" for protocol in self.allowed_protocols)
            raise InvalidAnswer(t("Enter a URL that starts with {allowed}", allowed=allowed))
        return address


class UrlInput(Component[Url]):
    """A URL with one of the allowed protocols, by default http and https.

    The value is a parsed `Url`: `.scheme`, `.host`, `.path`, `str(…)`, `.geturl()`.
    """

    name = "input.url"
    props_type = UrlProps

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        placeholder: str | None = None,
        default_value: AnyUrl | str | None = None,
        disabled: bool = False,
        allowed_protocols: Sequence[str] | None = None,
    ) -> None:
        allowed = PROTOCOLS if allowed_protocols is None else allowed_protocols
        protocols = [protocol.rstrip(":").lower() for protocol in allowed]
        if not protocols:
            raise ValueError(f"io.input.url({label!r}): allowed_protocols is empty")
        props = UrlProps(placeholder=placeholder, allowed_protocols=protocols)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def dump(self, value: AnyUrl | str) -> str:
        """The address as text."""
        return str(value)

    def resolve(self, answer: Json) -> Url:
        """The parsed address."""
        return Url(answer)
