"""Every text that people read is in the catalogue, and everything in the catalogue is read."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from restival.i18n import LANGUAGES
from restival.i18n.locale import ENGLISH
from restival.ui.session.script_texts import script_messages

ROOT = Path(__file__).parents[2] / "restival"
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
LOOKED_UP = {"t": 1, "tn": 2}
"""How many texts a call of these has."""
SHOWN: dict[str, dict[int | str, str]] = {
    "text": {1: "content"},
    "link": {0: "text"},
    "Button": {0: "label", "name": "name"},
    "Line": {0: "label", "hint": "hint"},
    "Select": {0: "label"},
    "Choice": {"label": "label"},
    "notify": {0: "message"},
    "page_title": {0: "title"},
    "switch": {0: "text"},
    "problem_panel": {1: "title"},
    "InvalidAnswer": {0: "errors"},
    "BadCell": {0: "message"},
    "SignInRefused": {0: "message"},
    "NotAllowed": {0: "message"},
}
"""Which arguments of these are read by people."""
EVERYWHERE = ("InvalidAnswer", "BadCell", "SignInRefused", "NotAllowed")
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "aria-description", "label")
IN_PROPS = re.compile(r"""\b(?:aria-label|title|placeholder|alt)=(?:"[^"]*[A-Za-z]|'[^']*[A-Za-z]|[A-Za-z])""")
WORD = re.compile(r"[^\W\d_]{2,}")
NO_WORDS = frozenset({"#rrggbb", "CSV", "JSON"})
IN_TEMPLATES = re.compile(r">\s*[A-Z][a-z]+[^<>{}`=;()]*</|\s(?:aria-label|placeholder|title)=\"[^\"#]*[A-Za-z]")
KEYS = re.compile("<kbd.*?</kbd>")
VERBATIM = ("code", "pre", "kbd")
"""Elements whose content is no language."""


@cache
def modules() -> list[tuple[str, ast.Module]]:
    return [(str(f.relative_to(ROOT)), ast.parse(f.read_text("utf-8"))) for f in sorted(ROOT.rglob("*.py"))]


def calls(of: dict[str, object] | dict[str, int]) -> Iterator[tuple[str, str, ast.Call]]:
    """Where each is called, and which of them it is."""
    for file, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                function = node.func
                name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
                if name in of:
                    yield f"restival/{file}:{node.lineno}", name, node


@cache
def looked_up() -> dict[str, str]:
    """The texts that the code looks up, those of a number as `one|many`, by where that is."""
    found = {}
    for where, name, node in calls(LOOKED_UP):
        given = node.args[: LOOKED_UP[name]]
        assert all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in given), (
            f"{where}: {ast.unparse(node)} isn't found by those who translate: give literals"
        )
        found["|".join(str(each.value) for each in given if isinstance(each, ast.Constant))] = where
    in_scripts = [one if many is None else f"{one}|{many}" for one, many in script_messages()]
    return found | dict.fromkeys(in_scripts, "a script of restival/ui")


@cache
def translated(language: str) -> list[Message]:
    with (ROOT / "i18n" / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def key(message: Message) -> str:
    return "|".join(message.id) if isinstance(message.id, tuple) else str(message.id)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_all_texts_are_translated_and_no_others(language: str) -> None:
    known = {key(message) for message in translated(language) if message.string and all(message.string)}
    missing = {text: where for text, where in looked_up().items() if text not in known}
    assert missing == {}, f"not in {language}.po"
    assert known - looked_up().keys() == set(), f"in {language}.po, and nobody looks it up"


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_translated_twice(language: str) -> None:
    lines = (ROOT / "i18n" / f"{language}.po").read_text("utf-8").splitlines()
    counted = Counter(line for line in lines if line.startswith("msgid "))
    assert [line for line, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_names_of_their_texts(language: str) -> None:
    for message in translated(language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for one, other in zip(ids, strings, strict=True):
            assert names(str(other)) - {"count"} == names(str(one)) - {"count"}, key(message)


def test_whatever_is_shown_comes_from_the_catalogue() -> None:
    found = []
    for where, name, node in calls(dict.fromkeys(SHOWN, 0)):
        verbatim = name == "text" and isinstance(node.args[0], ast.Constant) and node.args[0].value in VERBATIM
        if (where.startswith("restival/ui/") or name in EVERYWHERE) and not verbatim:
            given = {**dict(enumerate(node.args)), **{each.arg: each.value for each in node.keywords if each.arg}}
            found += [f"{where}: {text}" for place in SHOWN[name] if place in given for text in literals(given[place])]
    assert found == []


def test_attributes_that_are_read_come_from_the_catalogue() -> None:
    found = []
    for file, tree in modules():
        if not file.startswith("ui/"):
            continue
        for node in ast.walk(tree):
            where = f"restival/{file}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_PROPS.search(node.value):
                found.append(f"{where}: {node.value}")
            if isinstance(node, ast.Assign):
                named = any(
                    isinstance(target, ast.Subscript)
                    and isinstance(target.slice, ast.Constant)
                    and target.slice.value in ATTRIBUTES
                    for target in node.targets
                )
                found += [f"{where}: {text}" for text in literals(node.value)] if named else []
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                read = [value for name, value in pairs if isinstance(name, ast.Constant) and name.value in ATTRIBUTES]
                found += [f"{where}: {text}" for value in read for text in literals(value)]
    assert found == []


def test_templates_of_scripts_have_no_words_of_their_own() -> None:
    scripts = sorted((ROOT / "ui").rglob("*.js"))
    written = {script.name: KEYS.sub("", script.read_text("utf-8")) for script in scripts}
    assert [f"{name}: {hit[0]}" for name, text in written.items() for hit in IN_TEMPLATES.finditer(text)] == []


def literals(node: ast.expr) -> list[str]:
    """The words in an expression that no call has looked up."""
    match node:
        case ast.Constant(value=str(value)):
            return [value] if WORD.search(value) and value not in NO_WORDS else []
        case ast.JoinedStr():
            return [text for part in node.values for text in literals(part)]
        case ast.FormattedValue():
            return literals(node.value)
        case ast.IfExp():
            return literals(node.body) + literals(node.orelse)
        case ast.BinOp():
            return literals(node.left) + literals(node.right)
        case ast.BoolOp():
            return [text for part in node.values for text in literals(part)]
        case ast.NamedExpr():
            return literals(node.value)
        case ast.Dict():
            return [text for value in node.values for text in literals(value)]
    return []
