"""Where the fields of a group stand: beside each other, in frames, behind tabs. The group's value stays flat."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, cast

from pydantic import Field

from restival.io.core.component import Component, Display, Props

Given = Sequence[Component[Any]] | Mapping[str, Component[Any]]


class LayoutProps(Props):
    """The keys of the fields and layouts that stand in it, in their order."""

    children: list[str] = []


class Layout(Display):
    """A container for fields of a group, passed as a list or by keyword, like the group's own fields. Layouts nest.

    A layout isn't part of the value.
    `io.group(name=…, place=io.layout.row(street=…, city=…))` returns a record of `name`, `street`, and `city`.
    A group passed as a list returns one list of all fields in reading order, including those in layouts.
    Pass fields to a layout the same way as to its group.
    A layout that contains only layouts accepts both ways.

    Raises ValueError if you mix both ways, use a key twice, or await a layout outside of a group.
    """

    props_type: ClassVar[type[Props]] = LayoutProps
    given: Given

    def __init__(self, components: Sequence[Component[Any]] | None = None, /, **named: Component[Any]) -> None:
        self._hold(components, named, LayoutProps())

    def _hold(
        self,
        components: Sequence[Component[Any]] | None,
        named: Mapping[str, Component[Any]],
        props: LayoutProps,
        label: str = "",
        help_text: str | None = None,
    ) -> None:
        if components is not None and named:
            raise ValueError(f"io.{self.name} takes a list of components or keyword components, not both")
        self.given = named if components is None else components
        Display.__init__(self, label, props, help_text=help_text)

    def fields(self) -> list[tuple[str, Component[Any]]]:
        """A layout asks nothing by itself."""
        raise ValueError(f"io.{self.name} can't be awaited by itself: put it in an io.group")


class Titled(Layout):
    """A layout with a label, and with a hint below the label."""

    def __init__(
        self,
        label: str,
        components: Sequence[Component[Any]] | None = None,
        /,
        *,
        help_text: str | None = None,
        **named: Component[Any],
    ) -> None:
        self._hold(components, named, LayoutProps(), label, help_text)


class Row(Layout):
    """Fields in one line that share its width. On phones, they are stacked."""

    name = "layout.row"


class ColumnsProps(LayoutProps):
    """How many columns there are, at most."""

    count: int = Field(2, ge=1, le=6)


class Columns(Layout):
    """Fields in columns of equal width, filled row by row. On phones, there is one column.

    `count` is the number of columns, from 1 to 6.
    """

    name = "layout.columns"
    props_type = ColumnsProps

    def __init__(
        self, components: Sequence[Component[Any]] | None = None, /, *, count: int = 2, **named: Component[Any]
    ) -> None:
        self._hold(components, named, ColumnsProps(count=count))


class Card(Titled):
    """Fields in a frame with a label."""

    name = "layout.card"


class Section(Titled):
    """Fields under a heading, without a frame. In `io.layout.tabs`, its label is the label of the tab."""

    name = "layout.section"


class ExpansionProps(LayoutProps):
    """Whether it is open at first."""

    open: bool = False


class Expansion(Titled):
    """Fields that a click on the label expands.

    If one of them has an error, the expansion opens.
    """

    name = "layout.expansion"
    props_type = ExpansionProps

    def __init__(
        self,
        label: str,
        components: Sequence[Component[Any]] | None = None,
        /,
        *,
        help_text: str | None = None,
        open: bool = False,
        **named: Component[Any],
    ) -> None:
        self._hold(components, named, ExpansionProps(open=open), label, help_text)


class TabsProps(LayoutProps):
    """What stands on the tabs, in the order of the children."""

    labels: list[str]


class Tabs(Layout):
    """Sections on tabs: `io.layout.tabs([io.layout.section("Person", …), io.layout.section("Work", …)])`.

    All fields are part of the form, including those on hidden tabs.
    If a field on a hidden tab has an error, that tab opens.

    Raises ValueError for anything but sections.
    """

    name = "layout.tabs"
    props_type = TabsProps

    def __init__(self, sections: Sequence[Section] | None = None, /, **named: Section) -> None:
        given = list(named.values() if sections is None else sections)
        if not given or not all(isinstance(section, Section) for section in given):
            raise ValueError("io.layout.tabs takes one io.layout.section(label, …) per tab")
        self._hold(given, {}, TabsProps(labels=[section.label for section in given]))


class Divider(Layout):
    """A line between fields."""

    name = "layout.divider"

    def __init__(self) -> None:
        self._hold([], {}, LayoutProps())


def flattened(given: Given) -> dict[str, Component[Any]]:
    """A group's components by key, each layout before what stands in it. Fields of a list are keyed by position.

    Raises ValueError where a layout's fields aren't given as the group's are, or a key is there twice.
    """
    found: dict[str, Component[Any]] = {}
    _Flattening(found, keyed=isinstance(given, Mapping)).add(given)
    return found


class _Flattening:
    def __init__(self, found: dict[str, Component[Any]], *, keyed: bool) -> None:
        self._found = found
        self._keyed = keyed
        self._layouts = self._fields = 0

    def add(self, given: Given) -> list[str]:
        """Take all of these and what stands in them; gives their keys."""
        return [self._add(name, item) for name, item in _items(given)]

    def _add(self, name: str | None, item: Component[Any]) -> str:
        if isinstance(item, Layout):
            self._layouts += 1
            key = f"layout-{self._layouts}"
            self._found[key] = item
            props = cast(LayoutProps, item.props)
            item.props = props.model_copy(update={"children": self.add(item.given)})
            return key
        key = self._key(name, item)
        if key in self._found:
            raise ValueError(f"io.group: two fields have the key {key!r}")
        self._found[key] = item
        return key

    def _key(self, name: str | None, item: Component[Any]) -> str:
        if self._keyed != (name is not None):
            way = "by keyword" if self._keyed else "as a list"
            raise ValueError(f"{item.label!r} is in a group with fields {way}: pass the layout's fields the same way")
        self._fields += 1
        return name if name is not None else str(self._fields - 1)


def _items(given: Given) -> Iterator[tuple[str | None, Component[Any]]]:
    if isinstance(given, Mapping):
        yield from given.items()
    else:
        yield from ((None, item) for item in given)
