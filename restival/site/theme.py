"""The colours of the settings as CSS: whatever accent is chosen, text on it and in it stays readable."""

from restival.settings.dashboard import Theme

READABLE = 6.0
"""The contrast of accented text on the page: what is left of it on a tint of the accent is 4.5 (WCAG 2.2, AA)."""
LIGHT, DARK = "#ffffff", "#181c23"
"""What the accent stands on in light and dark."""
INK = "#000000"


def theme_css(theme: Theme) -> str:
    """Custom properties for `body`; the style sheets have the defaults."""
    ink, header_ink = ink_on(theme.primary), ink_on(theme.header) if theme.header else None
    header = f"--r-header: {theme.header}; --r-header-ink: {header_ink};" if theme.header else ""
    return (
        f"body {{ --q-primary: {theme.primary} !important; --r-on-primary: {ink}; "
        f"--r-accent: {readable(theme.primary, LIGHT)}; {header} }}\n"
        f"body.body--dark {{ --r-accent: {readable(theme.primary, DARK)}; }}"
    )


def ink_on(ground: str) -> str:
    """Black or white, whichever is read better on a colour."""
    return max((LIGHT, INK), key=lambda ink: contrast(ink, ground))


def readable(colour: str, ground: str) -> str:
    """The colour, moved so far from the ground's lightness that text in it can be read on it."""
    towards = ink_on(ground)
    for part in range(0, 101, 5):
        mixed = _mixed(colour, towards, part / 100)
        if contrast(mixed, ground) >= READABLE:
            return mixed
    return towards


def contrast(one: str, other: str) -> float:
    """How well one colour is told from the other, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (value / 255 for value in _channels(colour))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: str, other: str, part: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
