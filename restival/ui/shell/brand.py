"""What stands at the left of the header: logo, title, and which environment this is."""

from nicegui import ui

from restival.i18n import t
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.session.services import Services

MENU = "r-environments"


class Brand:
    """Follows the settings."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._place = ui.element("div").classes("r-brand-place")
        self.draw()

    def draw(self) -> None:
        """Bring it up to date."""
        site = self._services.site()
        self._place.clear()
        with self._place:
            with link("", "/", "r-brand"):
                if address := site.logo_address:
                    ui.element("img").classes("r-logo").props(f'src="{address}" alt=""')
                text("span", site.settings.title)
            self._environment()

    def _environment(self) -> None:
        settings = self._services.site().settings
        others = [each for each in settings.environments if each.name != settings.environment]
        if not others:
            if settings.environment != "production":
                text("span", settings.environment, "r-chip")
            return
        chip = text("button", settings.environment, "r-chip r-chip-button").props(f"type=button popovertarget={MENU}")
        chip.props["aria-label"] = t("Environment: {name}", name=settings.environment)
        with ui.element("div").classes("r-environments").props(f"id={MENU} popover=auto"):
            for each in others:
                link(each.name, each.url, "r-nav-link")
