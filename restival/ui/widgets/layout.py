"""Where fields stand: the frames, columns and tabs around them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from nicegui import ui
from nicegui.element import Element

from restival.io.core.call import FieldSpec
from restival.io.layout import ColumnsProps, ExpansionProps, LayoutProps, TabsProps
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Changed, Widget

OPEN = "getHtmlElement(%d).open = true"


class LayoutWidget(Widget):
    """A place for fields, which the form draws there."""

    component = "layout.row"
    look = "r-row-of-fields"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self.children = LayoutProps.model_validate({"children": spec.props.get("children", [])}).children
        self.draw()

    def draw(self) -> None:
        """Draw the element that the fields are put into."""
        self.root = ui.element("div").classes(self.look)

    @contextmanager
    def place(self, key: str) -> Iterator[None]:
        """Draw a child in here."""
        with self.root:
            yield

    def reveal(self, wrong: Sequence[str]) -> None:
        """Have the first of these children, which have something wrong in them, be seen."""


class ColumnsWidget(LayoutWidget):
    """A grid."""

    component = "layout.columns"

    def draw(self) -> None:
        count = ColumnsProps.model_validate(self.spec.props).count
        self.root = ui.element("div").classes("r-columns-of-fields").style(f"--columns: {count}")


class TitledWidget(LayoutWidget):
    """A group with a name: a section, or with a frame a card."""

    component = "layout.section"
    look = "r-section-of-fields"

    def draw(self) -> None:
        with ui.element("div").classes(self.look).props('role="group"') as self.root:
            self.draw_title()

    def draw_title(self) -> None:
        """The label and the hint."""
        if self.spec.label:
            self.root.props["aria-label"] = self.spec.label
            text("div", self.spec.label, "r-h3").props("aria-hidden=true")
        self.draw_hint()

    def draw_hint(self) -> None:
        """What helps with these fields."""
        if self.spec.help_text:
            text("div", self.spec.help_text, "r-hint r-layout-hint")


class CardWidget(TitledWidget):
    """A section in a frame."""

    component = "layout.card"
    look = "r-section-of-fields r-card-of-fields"


class ExpansionWidget(TitledWidget):
    """The browser's own details."""

    component = "layout.expansion"

    def draw(self) -> None:
        is_open = ExpansionProps.model_validate(self.spec.props).open
        with ui.element("details").classes("r-expansion") as self._details:
            self._details.props["open"] = is_open
            text("summary", self.spec.label, "r-h3")
            self.root = ui.element("div").classes("r-section-of-fields r-expansion-body")
            with self.root:
                self.draw_hint()

    def reveal(self, wrong: Sequence[str]) -> None:
        """Unfold: by the prop where it isn't drawn yet, by script where the person has folded it since."""
        if wrong:
            self._details.props["open"] = True
            self._details.client.run_javascript(OPEN % self._details.id)


class TabsWidget(LayoutWidget):
    """Tabs above panels. All panels are drawn: what is filled in stays there when another tab is chosen."""

    component = "layout.tabs"

    def draw(self) -> None:
        labels = TabsProps.model_validate(self.spec.props).labels
        self.root = self._tabs = TabStrip(labels)
        self._panels = {}
        for number, key in enumerate(self.children):
            with self._tabs.add_slot(f"panel-{number}"):
                self._panels[key] = ui.element("div").classes("r-section-of-fields")

    @contextmanager
    def place(self, key: str) -> Iterator[None]:
        """Draw a section in its panel."""
        with self._panels[key]:
            yield

    def reveal(self, wrong: Sequence[str]) -> None:
        """Bring the first tab with something wrong to the front, unless one with something wrong is there; mark all."""
        self._tabs.point_out([self.children.index(key) for key in wrong])


class PanelWidget(TitledWidget):
    """A section behind a tab, which bears its label."""

    def draw_title(self) -> None:
        self.root.props.pop("role", None)
        self.draw_hint()


class DividerWidget(LayoutWidget):
    """A line."""

    component = "layout.divider"

    def draw(self) -> None:
        self.root = ui.element("hr").classes("r-divider")


class TabStrip(Element, component="tabs.js"):
    """Shows one of its slots `panel-0`, `panel-1`, …; the browser switches by itself."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self._props.update({"labels": list(labels), "wrong": [], "marked": 0})

    def point_out(self, wrong: Sequence[int]) -> None:
        """Mark the tabs with something wrong behind them, and show one of those."""
        if wrong or self._props["wrong"]:
            self._props.update({"wrong": list(wrong), "marked": self._props["marked"] + 1})
