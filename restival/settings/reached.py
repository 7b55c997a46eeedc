"""The names under which browsers reach the app."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
PORT = re.compile("[0-9]*")
NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


def _name(value: str) -> str:
    if not NAME.fullmatch(lower := value.lower()):
        raise ValueError("write a name such as tools.example.com, without https:// and port")
    return lower


def _url(value: str) -> str:
    try:
        parts, _ = urlsplit(value), urlsplit(value).port
    except ValueError:
        raise ValueError("write an address such as https://tools.example.com") from None
    known = parts.scheme in ("http", "https") and NAME.fullmatch(host_name(parts.netloc))
    if not known or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("write an address such as https://tools.example.com, without a path")
    return f"{parts.scheme}://{parts.netloc.lower()}"


Name = Annotated[str, AfterValidator(_name)]
Address = Annotated[str, AfterValidator(_url)]


def host_name(host: str) -> str:
    """The name in a `Host` header, without its port. What isn't a port stays, so that it is no name the app knows:
    in an address that is made of it, as name:80@elsewhere, it would be another host."""
    name, _, port = (lower := host.lower()).rpartition(":")
    return name if name and PORT.fullmatch(port) else lower
