"""What a browser has to know of its page's reader: the language, the texts of scripts, the time zone that counts."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nicegui import context, ui
from nicegui.language import Language

from restival.i18n import current_locale
from restival.i18n.negotiation import ZONE_COOKIE
from restival.i18n.texts import translations
from restival.ui.session.nonces import nonce

PACKS: dict[str, Language] = {"en": "en-US", "de": "de"}
"""Quasar's packs, whose names are languages of HTML too."""
TEXT = r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(?:t\({TEXT}|tn\({TEXT},{TEXT})")
ZONE = """<script nonce="%(nonce)s">{
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const canonical = (name) => {
    try { return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone; } catch { return ""; }
  };
  const told = "%(cookie)s=" + encodeURIComponent(zone);
  if (zone && zone !== canonical(%(assumed)s) && !document.cookie.includes(told)) {
    const only = location.protocol === "https:" ? "; secure" : "";
    document.cookie = told + "; path=/; max-age=31536000; samesite=lax" + only;
    if (document.cookie.includes(told)) location.reload();
  }
}</script>"""
"""Tells the browser's zone where the page was written for another, before anything of it is seen."""


def tell_language() -> None:
    """Write it into the page that is being made."""
    page, language = context.client.page, current_locale().language
    page.language = PACKS[language]
    if words := script_words(language):
        ui.add_head_html(f'<script nonce="{nonce()}">window.restivalWords = {words}</script>')
    ui.add_head_html(zone_script())


def zone_script() -> str:
    """The script that tells the zone, which does nothing where it is the one that the page is written for."""
    zone = getattr(current_locale().zone, "key", "")
    return ZONE % {"cookie": ZONE_COOKIE, "assumed": json.dumps(zone), "nonce": nonce()}


@cache
def script_words(language: str) -> str:
    """The texts of all scripts in a language, as JSON by their English words; none for English."""
    found = translations(language)
    words = {
        one: found[one, 0] if many is None else [found[one, 0], found[one, 1]]
        for one, many in script_messages()
        if (one, 0) in found
    }
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c") if words else ""


def script_messages() -> Iterator[tuple[str, str | None]]:
    """What the scripts look up: each text with its plural, None where there is none."""
    for script in sorted(Path(__file__).parents[1].rglob("*.js")):
        for one, first, many in CALL.findall(script.read_text(encoding="utf-8")):
            yield (_unquoted(one), None) if one else (_unquoted(first), _unquoted(many))


def _unquoted(literal: str) -> str:
    return literal[1:-1].replace("\\'", "'").replace('\\"', '"')
