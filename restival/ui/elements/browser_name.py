"""Names of browsers and systems as people know them."""

from restival.i18n import t

BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
"""By a mark in what browsers call themselves. The order matters: most of them also say that they are others."""
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def browser_name(agent: str) -> str:
    """The browser and the system, by what a browser calls itself (the header User-Agent)."""
    browser = next((name for mark, name in BROWSERS.items() if mark in agent), None)
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), None)
    if browser is None:
        return t("Unknown browser")
    return browser if system is None else t("{browser} on {system}", browser=browser, system=system)
