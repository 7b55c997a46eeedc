"""Docs, UI texts and docstrings use plain English: the words and the sentences of CONTRIBUTING.md."""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel.messages.pofile import read_po

import restival
import restival.components
from scripts.document import SPACES, offered

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *(ROOT / name for name in ("bench/README.md", "components/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
MOST_WORDS = 25

AVOIDED = {
    r"tell|tells|telling|told": "report, show, notify, return, say",
    r"keep|keeps|keeping|kept": "save, store, retain, stay",
    r"stand|stands|standing|stood|lie|lies|lying|lay": "is, appears, is listed, is stored",
    r"(?:go|goes|going|went|gone) on": "continue, resume",
    r"anew|once more": "again",
    r"beside|besides": "and, next to, in parallel",
    r"also\b[^.:;]*\btoo": "also, once",
    r"by now": "now, already",
    r"so long": "as long as, until",
    r"whose": "a new sentence with its or their",
    r"whoever|whatever|wherever": "everyone who, everything that, if",
    r"who may|may not": "users with the permission, can't",
    r"where there": "if there",
    r"mend|mends|mended|mending": "fix, deploy a fix",
    r"refuse|refuses|refused|refusing|refusal|refusals": "reject, deny",
    r"hand(?:s|ed|ing)? (?:\w+ )?(?:on|over)": "assign, reassign, pass",
    r"(?:take|takes|taking|taken|took) on": "claim",
    r"(?:give|gives|giving|given|gave) (?:\w+ )?back": "unclaim, return",
    r"in (?:whose|the|her|his|their) hands": "assigned to",
    r"the other one": "the noun",
    r"the engine": "Restate",
    r"mail|mails": "email",
    r"favourites?|colours?|labelled|sanitis\w+|recognis\w+": "American spelling",
}
"""Words that read as translated, and what to write instead."""
ALLOWED = (
    "native mail program",
    "Keep a Changelog",
    "Keep running",
    "Keep existing rows",
    'Restate (not "the engine")',
)
"""Phrases in which these words are right."""
ANY_AVOIDED = re.compile("|".join(rf"(\b(?:{words})\b)" for words in AVOIDED), re.IGNORECASE)
FREE_RELATIVE = re.compile(r"(?:Who|What|Where)\b.*[.:]$")
CODE = re.compile(r"`+[^`]*`+")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
FIELD = re.compile(r"\{\w+\}")
FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
PIPE = re.compile(r"(?<!\\)\|")
NEXT_SENTENCE = re.compile(r"(?<=[.!?])[*\")]*\s+(?=[*\"(]*[A-Z\d])")
WORD = re.compile(r"[\w’'.,/-]*\w[\w’'.,/-]*")


class Sentence(NamedTuple):
    """Some prose, and where it is."""

    where: str
    text: str


def pages() -> Iterator[Sentence]:
    """The sentences of all pages."""
    for page in PAGES:
        yield from sentences(page.read_text("utf-8"), str(page.relative_to(ROOT)))


def texts() -> Iterator[Sentence]:
    """The UI texts."""
    [file] = (ROOT / "restival").rglob("de.po")
    with file.open("rb") as catalogue:
        for message in read_po(catalogue, locale="de"):
            for text in message.id if isinstance(message.id, tuple) else (message.id,):
                yield Sentence(f"{file.relative_to(ROOT)}:{message.lineno}", FIELD.sub("X", str(text)))


def docstrings() -> Iterator[Sentence]:
    """The docstrings of the public names, their members, and the calls of `io`."""
    for thing in dict.fromkeys(filter(is_ours, public())):
        where = f"{Path(inspect.getfile(thing)).relative_to(ROOT)}:{inspect.getsourcelines(thing)[1]}"
        yield from (Sentence(where, text) for _, text in sentences(inspect.getdoc(thing) or "", ""))


def public() -> Iterator[Any]:
    """What authors import and call, properties by their functions."""
    for module in (restival, restival.components):
        for thing in (getattr(module, name) for name in module.__all__):
            members = [getattr(thing, name) for name in vars(thing) if not name.startswith("_")]
            yield from (getattr(each, "fget", each) for each in (thing, *members))
    yield from (call for _, call in offered([space for spaces in SPACES.values() for space in spaces]))


def is_ours(thing: Any) -> bool:
    """Whether it is a class or a function of Restival."""
    is_code = inspect.isclass(thing) or inspect.isfunction(thing) or inspect.ismethod(thing)
    return is_code and thing.__module__.startswith("restival")


def sentences(text: str, file: str) -> Iterator[Sentence]:
    """The sentences of Markdown, without code and addresses of links."""
    for number, block in blocks(FENCE.sub(lambda code: "\n" * code[0].count("\n"), text)):
        plain = LINK.sub(r"\1", CODE.sub("CODE", block)).replace("*", "")
        start = 0
        for end in [*(gap.end() for gap in NEXT_SENTENCE.finditer(plain)), len(plain)]:
            yield Sentence(f"{file}:{number + plain.count(chr(10), 0, start)}", " ".join(plain[start:end].split()))
            start = end


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs, headings, list items and cells of tables, each with its first line."""
    block, first = "", 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        starts_block = re.match(r"\s*(?:[-*] |\d+\. |#+ |\|)", line)
        if block and (not line.strip() or starts_block):
            yield first, block
            block = ""
        if line.startswith("|"):
            yield from ((number, cell.strip()) for cell in PIPE.split(line) if re.search(r"\w", cell))
        elif line.strip():
            first = first if block else number
            block += re.sub(r"^\s*(?:[-*] |\d+\. |#+ )?", "", line) + "\n"


Source = Callable[[], Iterator[Sentence]]


@pytest.mark.parametrize("source", [pages, texts, docstrings])
def test_words_are_plain(source: Source) -> None:
    found = [hit for sentence in source() for hit in avoided(sentence)]
    assert found == [], "\n".join(["", *found])


def avoided(sentence: Sentence) -> Iterator[str]:
    """The words that a sentence should do without, each as a line of a report."""
    text = sentence.text
    for phrase in ALLOWED:
        text = text.replace(phrase, "")
    for hit in ANY_AVOIDED.finditer(text):
        instead = list(AVOIDED.values())[(hit.lastindex or 1) - 1]
        yield f"{sentence.where}: write {instead!r} instead of {hit[0]!r}: {sentence.text}"
    if FREE_RELATIVE.match(text):
        yield f"{sentence.where}: begin with a noun, not with {text.split()[0]!r}: {sentence.text}"


def test_sentences_of_the_docs_are_short() -> None:
    found = [
        f"{sentence.where}: split these {words} words, {MOST_WORDS} are the limit: {sentence.text}"
        for sentence in pages()
        if (words := len(WORD.findall(sentence.text))) > MOST_WORDS
    ]
    assert found == [], "\n".join(["", *found])


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("It is told\nwhat is wrong.", "a.md:1: write 'report, show, notify, return, say' instead of 'told'"),
        ("# Fine\n\n- Good.\n  It goes on.", "a.md:4: write 'continue, resume' instead of 'goes on'"),
        ("| a | b |\n|---|---|\n| x | kept |", "a.md:3: write 'save, store, retain, stay' instead of 'kept'"),
        ("Who signs in can see it.", "a.md:1: begin with a noun, not with 'Who'"),
    ],
)
def test_a_report_names_the_line_the_word_and_what_to_write(text: str, hit: str) -> None:
    [found] = [found for sentence in sentences(text, "a.md") for found in avoided(sentence)]
    assert found.startswith(hit)


def test_code_links_and_questions_are_no_prose() -> None:
    text = "```sh\ntold\n```\n\n`kept` and [a page](kept.md).\nWho should answer?"
    assert [found for sentence in sentences(text, "a.md") for found in avoided(sentence)] == []
    assert [sentence.where for sentence in sentences(text, "a.md")] == ["a.md:5", "a.md:6"]
