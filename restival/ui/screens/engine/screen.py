"""The engine, for those who manage the app: what is stuck, what goes on, where the code is reached, what it takes."""

from nicegui import PageArguments, ui

from restival.engine.client.disk_usage import DiskUsage
from restival.engine.client.overview import Deployment, Overview
from restival.errors import RestivalError
from restival.i18n import t, tn
from restival.io.input.file import format_size
from restival.ui.elements.screen import Screen, manages
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.screens.engine.invocations import InvocationList
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

LOOK_SECONDS, WEIGH_SECONDS = 3.0, 30.0
"""How often Restate is asked, and how often the folders are weighed."""


async def engine_page(services: Services, arguments: PageArguments) -> None:
    """Draw it, and keep it up to date."""
    ui.page_title(f"{t('Restate')} · {services.site().settings.title}")
    page = EnginePage(services)
    await page.look()
    page.watch()


class EnginePage:
    """Its parts, each drawn again only where it says something else."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._shown: dict[str, object] = {}
        with ui.element("div").classes("r-head"):
            text("h1", t("Restate"), "r-h1")
            self._state = text("span", "", "r-state").props("role=status")
        self._facts = ui.element("dl").classes("r-facts")
        with ui.element("section").classes("r-section"):
            text("h2", t("Stopped"), "r-h2")
            self._stopped = InvocationList(services, t("Stopped"), t("No stopped transactions."))
        with ui.element("section").classes("r-section"):
            text("h2", t("Active"), "r-h2")
            self._going = InvocationList(services, t("Active"), t("No active transactions."))
        with ui.element("section").classes("r-section"):
            text("h2", t("Deployments"), "r-h2")
            self._deployments = ui.element("div")
        with ui.element("section").classes("r-section"):
            text("h2", t("Storage"), "r-h2")
            self._storage = ui.element("div")

    def watch(self) -> None:
        """Look again from now on."""
        ui.timer(LOOK_SECONDS, self.look, immediate=False)
        ui.timer(WEIGH_SECONDS, self._weigh)

    async def look(self) -> None:
        """Ask Restate, and show what it says; where it can't be reached, what it said last stays."""
        services = self._services
        if not services.site().access.manages(current_person()) or self._facts.is_deleted:
            return
        state = services.engine_state()
        try:
            seen = await services.operations.overview()
        except RestivalError as error:
            self._tell(t("Unreachable"), "failed")
            self._draw_facts([(t("Error"), str(error))])
            return
        self._tell(*_of_state(state, seen))
        self._draw_facts(self._about(seen))
        self._stopped.draw(seen.stopped)
        self._going.draw(seen.going)
        if self._changed("deployments", seen.deployments):
            _draw_deployments(self._deployments, seen.deployments)

    async def _weigh(self) -> None:
        if not self._services.site().access.manages(current_person()):
            return
        use = await self._services.operations.use()
        if not self._storage.is_deleted and self._changed("storage", use):
            _draw_storage(self._storage, use)

    def _about(self, seen: Overview) -> list[tuple[str, str]]:
        operations, counts = self._services.operations, seen.counts
        stopped = counts.get("backing-off", 0) + counts.get("paused", 0)
        ended = counts.get("completed", 0)
        going = sum(counts.values()) - stopped - ended
        facts = [(t("Restate"), f"{seen.version}, {operations.place or t('embedded')}")]
        if operations.since is not None:
            facts.append((t("Connected since") if operations.place else t("Running since"), clock(operations.since)))
        facts.append(
            (
                t("Transactions"),
                t("{going} active, {stopped} stopped, {ended} completed", going=going, stopped=stopped, ended=ended),
            )
        )
        facts.append((t("Journals"), tn("{count} entry", "{count} entries", seen.entries)))
        return facts

    def _tell(self, words: str, look: str) -> None:
        self._state.set_text(words)
        self._state.classes(replace=f"r-state r-state-{look}")

    def _draw_facts(self, facts: list[tuple[str, str]]) -> None:
        if not self._changed("facts", facts):
            return
        with self._facts.clear():
            for name, value in facts:
                with ui.element("div"):
                    text("dt", name)
                    text("dd", value)

    def _changed(self, part: str, value: object) -> bool:
        changed = self._shown.get(part) != value
        self._shown[part] = value
        return changed


def _of_state(state: str, seen: Overview) -> tuple[str, str]:
    if state != "running":
        told = {"cut off": t("Can't reach this app"), "away": t("Not responding")}
        return told.get(state, t("Restarting")), "failed"
    if seen.stopped:
        return t("Running, with stopped transactions"), "waiting"
    return t("Running"), "done"


def _draw_deployments(place: ui.element, deployments: list[Deployment]) -> None:
    place.clear()
    with place, ui.element("ul").classes("r-list") as rows:
        rows.props["aria-label"] = t("Deployments")
        for each in deployments:
            with ui.element("li"), ui.element("div").classes("r-row"), ui.element("div").classes("r-row-title"):
                text("code", each.uri)
                text(
                    "div",
                    t(
                        "{http}, {protocol}, service protocol {first} to {last}, {sdk}; registered {when}",
                        http=each.http_version,
                        protocol=t("bidirectional streaming")
                        if each.protocol_type == "BidiStream"
                        else t("request/response"),
                        first=str(each.min_protocol_version),
                        last=str(each.max_protocol_version),
                        sdk=each.sdk_version or "",
                        when=clock(each.created_at),
                    ),
                    "r-hint",
                )
                with ui.element("details").classes("r-hint"):
                    text("summary", tn("{count} service", "{count} services", len(each.services)))
                    text("div", ", ".join(each.names))


def _draw_storage(place: ui.element, use: dict[str, DiskUsage]) -> None:
    names = {"all": t("Data folder"), "restate": t("Restate data"), "files": t("Uploaded files")}
    place.clear()
    with place, ui.element("table").classes("r-history") as table:
        table.props["aria-label"] = t("Storage")
        with ui.element("thead"), ui.element("tr"):
            for title in (t("Folder"), t("Files"), t("Size"), t("Free space")):
                text("th", title).props("scope=col")
        with ui.element("tbody"):
            for name, each in use.items():
                with ui.element("tr"):
                    with text("td", names.get(name, name)):
                        text("div", each.path, "r-hint")
                    text("td", tn("{count} file", "{count} files", each.files), "r-number")
                    text("td", format_size(each.bytes), "r-number")
                    text("td", t("{size} free", size=format_size(each.free)), "r-number")


SCREEN = Screen("/engine", lambda: t("Restate"), "memory", engine_page, is_visible=manages)
