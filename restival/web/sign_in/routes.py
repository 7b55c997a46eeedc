"""Signing in and out, the same in all modes."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from restival.auth.auth import Auth
from restival.auth.sessions import COOKIE
from restival.site.addresses import SIGN_IN
from restival.site.site import Site
from restival.web.sign_in.link import LinkPage
from restival.web.sign_in.oidc import OidcPage
from restival.web.sign_in.page import ModePage, PageParts, next_of
from restival.web.sign_in.password import PasswordPage
from restival.web.sign_in.session import end_session

AGAIN = f"{SIGN_IN}/again"
PAGES: Mapping[str, type[ModePage]] = {"password": PasswordPage, "link": LinkPage, "oidc": OidcPage}
"""By mode; in others people don't sign in at the app."""


class SignInRoutes:
    """The routes /sign-in and /sign-out, and those of all modes: the mode changes while the app runs."""

    def __init__(self, site: Callable[[], Site], auth: Auth, secret: bytes) -> None:
        self._auth = auth
        parts = PageParts(site, auth, secret)
        self._pages = {mode: page(parts) for mode, page in PAGES.items()}

    def routes(self) -> list[Route]:
        """The form, what it sends, and the way out."""
        return [
            Route(SIGN_IN, self.show, methods=["GET"]),
            Route(SIGN_IN, self.submit, methods=["POST"]),
            Route(AGAIN, self.again, methods=["GET"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
            *(route for page in self._pages.values() for route in page.routes()),
        ]

    async def show(self, request: Request) -> Response:
        """The form."""
        page = self._page
        return RedirectResponse(next_of(request), 303) if page is None else page.page(request)

    async def submit(self, request: Request) -> Response:
        """Takes what was filled in."""
        page = self._page
        return RedirectResponse("/", 303) if page is None else await page.submit(request)

    async def again(self, request: Request) -> Response:
        """Lets someone who is signed in do so again, for a question that asks who they are."""
        page, session = self._page, self._auth.sessions.of(request)
        question = request.query_params.get("question", "")
        if page is None or session is None or not question:
            return RedirectResponse("/", 303)
        return await page.again(request, session, question)

    async def sign_out(self, request: Request) -> Response:
        """Ends the session of this browser, or with `everywhere` all of the person's."""
        page, session = self._page, self._auth.sessions.of(request)
        form = await request.form()
        if session is not None:
            everywhere = bool(form.get("everywhere"))
            await end_session(self._auth, session, everywhere=everywhere)
            self._auth.audit.write("signed out", session.mail, everywhere=everywhere)
        answer = RedirectResponse(SIGN_IN, 303) if page is None else await page.leave(request)
        answer.delete_cookie(COOKIE)
        return answer

    @property
    def _page(self) -> ModePage | None:
        return self._pages.get(self._auth.mode.name)
