"""Has browsers run a page's own inline scripts and no others: each carries what the page's header names."""

from jinja2 import ChoiceLoader, DictLoader
from nicegui import context
from nicegui.client import templates

from restival.site.addresses import NONCE

PAGE = "index.html"
"""NiceGUI's template of all pages."""
MARK = f"{{{{ request.scope['{NONCE}'] }}}}"


def nonce() -> str:
    """What inline scripts of the page that is being made have to carry."""
    return str(context.client.request.scope[NONCE])


def mark_scripts() -> None:
    """Have the scripts that stand in NiceGUI's template carry it; what comes into the page later has none."""
    environment = templates.env
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, PAGE)
    marked = source.replace("<script", f'<script nonce="{MARK}"')
    environment.loader = ChoiceLoader([DictLoader({PAGE: marked}), environment.loader])
