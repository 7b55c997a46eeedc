"""How much waits for the person: in the header, beside the inbox in the navigation, and in the title of the tab."""

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from restival.i18n import t, tn
from restival.site.transactions import waiting_for
from restival.ui.elements.icon import icon
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.elements.throttle import Throttled
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services


class WaitingCount:
    """A link to the inbox with the number of questions that wait, kept up to date; count.js puts it into the title."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._elsewhere: TextElement | None = None
        self._link: Element = link("", "/inbox", "r-inbox-link")
        with self._link:
            icon("inbox")
            self._number = text("span", "", "r-count").props("aria-hidden=true")
        self.draw()
        Throttled(services.history.subscribe, self._link, self.draw)

    def also_in(self, element: TextElement) -> None:
        """Show it in this element too, in place of the one before."""
        self._elsewhere = element
        self.draw()

    def draw(self) -> None:
        """Count again."""
        count = len(waiting_for(self._services.site(), current_person(), self._services.history.going_on))
        told = str(count) if count else ""
        name = tn("Inbox: {count} question waiting for you", "Inbox: {count} questions waiting for you", count)
        self._number.set_text(told)
        self._link.props["aria-label"] = self._link.props["title"] = name if count else t("Inbox")
        self._link.props["data-waiting"] = count
        if self._elsewhere is not None and not self._elsewhere.is_deleted:
            self._elsewhere.set_text(told)
            self._elsewhere.props["aria-label"] = t("{count} waiting", count=count)
