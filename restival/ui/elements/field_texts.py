"""Which texts of a field become HTML."""

from collections.abc import Callable, Iterable, Mapping

from restival.io.core.call import FieldSpec, Json
from restival.ui.elements.formatted import Text


def texts_of(spec: FieldSpec) -> list[Text]:
    """The texts of a display, in the order in which it draws them; none of a field that has plain ones only."""
    find = TEXTS.get(spec.component)
    return find(spec.props) if find else []


def texts_in(specs: Iterable[FieldSpec]) -> list[Text]:
    """Those of several fields."""
    return [text for spec in specs for text in texts_of(spec)]


def _code(props: Json) -> list[Text]:
    return [Text("code", (props["code"], props["language"]))] if props.get("language") else []


def _diff(props: Json) -> list[Text]:
    before, after, language = props["before"], props["after"], props.get("language")
    # Highlighting sees a whole text, since what a line means can hang on those before it.
    lines = ("\n".join(each.splitlines()) for each in (before, after)) if language else ()
    return [Text("diff", (before, after)), *(Text("code", (each, language)) for each in lines)]


TEXTS: Mapping[str, Callable[[Json], list[Text]]] = {
    "display.markdown": lambda props: [Text("markdown", (props["text"],))],
    "display.html": lambda props: [Text("html", (props["html"],))],
    "display.code": _code,
    "display.diff": _diff,
}
