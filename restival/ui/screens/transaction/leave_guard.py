"""What happens when a transaction's page is left, or sends its person elsewhere."""

from nicegui import ui

from restival.actions.action import Action
from restival.engine.state.records import Redirect
from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.ui.elements.link import go, link
from restival.ui.elements.text import text
from restival.ui.session.current_person import current_person


class Leaving:
    """Has the browser ask before somebody leaves their own transaction that isn't backgroundable, and follows a
    redirect of the action."""

    def __init__(self, view: Transaction, action: Action | None) -> None:
        self._view = view
        self._warns = action is not None and not action.backgroundable
        self._followed: int | None = None
        self._first = True
        self._place = ui.element("div").classes("r-redirected")

    def draw(self) -> None:
        """Bring it up to date."""
        stays = self._warns and self._view.outcome is None and self._theirs
        words = t("This transaction isn't done and needs you on the page. Leave the page?")
        self._place.props.set_optional("data-stay", words if stays else None)
        redirect = self._view.redirect
        if redirect is not None and redirect.n != self._followed:
            self._followed = redirect.n
            with self._place.clear():
                text("span", t("Redirected to "), "r-hint")
                link(redirect.target, redirect.target, starts=redirect.starts)
            if not self._first and self._theirs:
                self._place.props.set_optional("data-stay", None)
                _follow(redirect)
        self._first = False

    @property
    def _theirs(self) -> bool:
        return self._view.meta is not None and current_person().same_as(self._view.meta.user)


def _follow(redirect: Redirect) -> None:
    if redirect.target.startswith("/"):
        go(redirect.target, replace=redirect.replace, starts=redirect.starts)
    else:
        ui.navigate.to(redirect.target)
