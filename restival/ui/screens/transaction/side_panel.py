"""What stands beside a transaction: its log, what it has told people, and its files."""

from nicegui import ui
from nicegui.element import Element

from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.io.core.call import TranscriptItem
from restival.io.core.media import media_url
from restival.io.core.traverse import every
from restival.io.input.file import FILES, format_size, is_file
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.screens.transaction.log_panel import LogPanel

OURS = "/api/files/"
"""What the addresses begin with of files that the app keeps."""


class SidePanel:
    """Panels one below the other, each there as soon as it has something."""

    def __init__(self, view: Transaction) -> None:
        with ui.element("aside").classes("r-side") as side:
            self._log = LogPanel(view)
            self._notices = NoticePanel(view)
            self._files = FilePanel(view)
        side.props["aria-label"] = t("Details")

    def draw(self) -> None:
        """Bring all up to date."""
        self._log.draw()
        self._notices.draw()
        self._files.draw()


class NoticePanel:
    """What the action has told people."""

    def __init__(self, view: Transaction) -> None:
        self._view = view
        self._place = ui.element("section").classes("r-panel").props(f'aria-label="{t("Notifications")}"')
        self._list: Element | None = None
        self._drawn = 0

    def draw(self) -> None:
        """Add the notices that are new."""
        for n in sorted(self._view.notices):
            if n <= self._drawn:
                continue
            self._drawn, notice = n, self._view.notices[n]
            self._list = self._list or _panel_list(self._place, t("Notifications"))
            with self._list, ui.element("li").classes("r-notice"):
                if notice.title:
                    text("span", notice.title, "r-notice-title")
                text("span", notice.message)
                text("span", t("to {names}, {time}", names=", ".join(notice.to), time=clock(notice.at)), "r-hint")


class FilePanel:
    """The files that were uploaded, and those that the action shows."""

    def __init__(self, view: Transaction) -> None:
        self._view = view
        self._place = ui.element("section").classes("r-panel").props(f'aria-label="{t("Files")}"')
        self._list: Element | None = None
        self._drawn: set[str] = set()

    def draw(self) -> None:
        """Add the files that are new."""
        for item in self._view.transcript:
            for name, url, size in files_of(item):
                if url in self._drawn:
                    continue
                self._drawn.add(url)
                self._list = self._list or _panel_list(self._place, t("Files"))
                with self._list, ui.element("li").classes("r-file-line"):
                    link(name, url).props["target"] = "_blank"
                    text("span", format_size(size) if size is not None else "", "r-hint")


def files_of(item: TranscriptItem) -> list[tuple[str, str, int | None]]:
    """Name, address and size in bytes, if that is known, of the files of a question or display."""
    found: list[tuple[str, str, int | None]] = [
        (file.name, file.url(), file.size)
        for answer in every(item.fields, item.answer or {}, is_file)
        for file in FILES.validate_python(answer)
    ]
    for field in item.fields:
        url = media_url(field)
        if url.startswith(OURS):
            found.append((field.label or url.rpartition("/")[2], url, None))
    return found


def _panel_list(place: Element, title: str) -> Element:
    with place:
        text("h2", title, "r-h3")
        return ui.element("ul").classes("r-panel-list")
