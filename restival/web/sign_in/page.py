"""The page to sign in. It is plain HTML: nobody gets a websocket before the app knows who it is."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from restival.auth.auth import Auth
from restival.auth.sessions import Session
from restival.i18n import current_locale, t
from restival.site.addresses import SIGN_IN
from restival.site.site import Site
from restival.site.theme import theme_css

PAGE = Template((Path(__file__).parent / "sign_in.html").read_text(encoding="utf-8"))
LARGEST = 10_000
MAIL_FIELD = Template(
    """
<label class="r-field"><span class="r-label">$label</span><span class="r-box">
<input name="mail" type="email" autocomplete="username" required autofocus value="$mail"></span></label>
"""
)
LONGEST_MAIL = 254
"""RFC 5321."""


@dataclass(frozen=True)
class PageParts:
    """What the pages of all modes work with."""

    site: Callable[[], Site]
    auth: Auth
    secret: bytes


class ModePage:
    """The page of a mode, and the addresses that it has besides."""

    def __init__(self, parts: PageParts) -> None:
        self.site, self.auth = parts.site, parts.auth

    def routes(self) -> list[Route]:
        """Returns the mode's own routes. They are there in other modes too."""
        return []

    def page(self, request: Request, problem: str = "", status: int = 200) -> Response:
        """Returns the form."""
        return self.draw_form(request, "", problem, status)

    async def submit(self, request: Request) -> Response:
        """Takes what the form sends."""
        raise NotImplementedError

    async def again(self, request: Request, session: Session, question: str) -> Response:
        """Lets someone who is signed in do so again, for a question that asks who they are."""
        return RedirectResponse("/", 303)

    async def leave(self, request: Request) -> Response:
        """Returns where a browser goes that has just signed out."""
        return RedirectResponse(SIGN_IN, 303)

    def draw_form(self, request: Request, fields: str, problem: str, status: int) -> Response:
        """Returns the page with fields that are sent to the mode."""
        return self.draw(fields, f"{SIGN_IN}?next={quote(next_of(request), safe='')}", t("Sign in"), problem, status)

    def draw(self, fields: str, action: str, button: str, problem: str, status: int) -> Response:
        """Returns the page with these fields, where they are sent to, the button's label, and what is wrong."""
        settings = self.site().settings
        label = escape(button)
        body = PAGE.substitute(
            language=current_locale().language,
            sign_in=escape(t("Sign in")),
            button=f'<button class="r-button r-primary" type="submit">{label}</button>' if button else "",
            title=escape(settings.title),
            theme=theme_css(settings.theme),
            logo=f'<img class="r-logo" src="{self.site().logo_address}" alt="">' if self.site().logo else "",
            dark=settings.theme.dark,
            action=escape(action),
            fields=fields,
            problem=f'<p class="r-error" role="alert">{escape(problem)}</p>' if problem else "",
        )
        return HTMLResponse(body, status, {"cache-control": "no-store"})


def mail_field(mail: str) -> str:
    """Returns the field for the email address, as HTML."""
    return MAIL_FIELD.substitute(label=escape(t("Email")), mail=escape(mail))


def is_too_large(request: Request) -> bool:
    """Whether a form has more than a person can have filled in."""
    return int(request.headers.get("content-length") or LARGEST) >= LARGEST


def next_of(request: Request) -> str:
    """Returns where the person wanted to go: a path of this app and nothing else."""
    wanted = request.query_params.get("next", "/")
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\", SIGN_IN))
    return wanted if local and wanted.isprintable() else "/"
