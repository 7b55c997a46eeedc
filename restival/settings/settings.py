"""Everything that can be set."""

from datetime import timedelta, tzinfo
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.dates import LOCALTZ
from pydantic import Field

from restival.settings.base import Duration, Network, Section, Zone
from restival.settings.dashboard import Theme
from restival.settings.engine import ExternalEngine, StorageSettings
from restival.settings.environments import Environment
from restival.settings.keys import Key
from restival.settings.menus import Menu
from restival.settings.people import Individual, Rights
from restival.settings.reached import LOOPBACK_HOSTS, Address, Name, host_name
from restival.settings.schedules import ScheduleEntry
from restival.settings.sign_in import NoSignIn, SignIn


class Settings(Section):
    """Everything that can be set; the defaults run."""

    title: str = "Restival"
    environment: str = Field("production", description="shown in the header unless it is production")
    locale: Literal["en", "de"] | None = Field(None, description="the language; by default, each browser's own")
    timezone: Zone | None = Field(
        None, description="such as Europe/Berlin, until a browser reports its own; by default, the server's"
    )
    environments: list[Environment] = Field([], description="the same tools elsewhere, linked from the header")
    theme: Theme = Theme()
    menus: list[Menu] = Field([], description="the navigation; by default, the folders of actions/")
    roles: dict[str, Rights] = Field(
        {}, description="permissions by role and pattern; everyone has the role `everyone`"
    )
    people: list[Individual] = []
    keys: list[Key] = Field([], description="API keys of programs")
    sign_in: SignIn = NoSignIn()
    schedules: list[ScheduleEntry] = Field([], description="when actions run, in addition to schedules in the code")
    host: str = "127.0.0.1"
    url: Address | None = Field(None, description="where browsers reach the app, such as https://tools.example.com")
    hosts: list[Name] = Field([], description="other host names of the app")
    port: int = Field(8000, ge=0, le=65535)
    proxies: list[Network] = Field(
        [], description="the addresses of trusted proxies, such as 10.0.0.5 or 10.0.0.0/8; they report who calls"
    )
    data: Path = Path(".restival")
    reload: bool = Field(False, description="reload actions when their files change")
    engine: ExternalEngine | None = None
    retention: Duration = Field(timedelta(days=365), description="how long ended transactions are stored, such as 365d")
    inactivity: Duration = Field(
        timedelta(minutes=1), description="how long a waiting transaction stays in memory, such as 60s"
    )
    answer_bytes: int = Field(5_000_000, ge=1000, description="the largest answer, in bytes")
    storage: StorageSettings | None = None

    @property
    def zone(self) -> tzinfo:
        """The time zone, the server's where none is set."""
        return ZoneInfo(self.timezone) if self.timezone else LOCALTZ

    @property
    def names(self) -> frozenset[str] | None:
        """The names of hosts that the app answers to; None where these aren't known."""
        own = f"[{self.host}]" if ":" in self.host else self.host
        return LOOPBACK_HOSTS | self.given_names | {own} if self.given_names or self.loopback else None

    @property
    def given_names(self) -> frozenset[str]:
        """Those that are written down."""
        return frozenset([*self.hosts, *([host_name(urlsplit(self.url).netloc)] if self.url else [])])

    @property
    def loopback(self) -> bool:
        """Whether the app listens on this machine only."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False
