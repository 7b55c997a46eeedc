"""Colours: whatever is chosen, text can be read."""

import pytest

from restival.settings.dashboard import Theme
from restival.site.theme import DARK, LIGHT, READABLE, contrast, ink_on, readable, theme_css

COLOURS = ["#4f46e5", "#ffdd00", "#000000", "#ffffff", "#808080", "#0a7d3c", "#ff0000", "#00ffff", "#123456"]


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#4f46e5", "#4f46e5") == 1


@pytest.mark.parametrize("colour", COLOURS)
def test_text_on_and_in_the_accent_is_readable(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.5
    for ground in (LIGHT, DARK):
        assert contrast(readable(colour, ground), ground) >= READABLE


def test_a_readable_colour_stays_as_it_is() -> None:
    assert readable("#4f46e5", LIGHT) == "#4f46e5"
    assert "--r-header" not in theme_css(Theme())
    assert "--r-header: #ffdd00; --r-header-ink: #000000" in theme_css(Theme(header="#ffdd00"))
