"""Names of files as browsers tell them."""

import unicodedata

LONGEST_NAME = 200


def clean(name: str) -> str:
    """A name without folders, control characters and what turns the direction of writing."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C")
    shown = shown.strip(" .") or "file"
    if len(shown) <= LONGEST_NAME:
        return shown
    stem, point, ending = shown.rpartition(".")
    return stem[: LONGEST_NAME - 20] + point + ending[:19] if point and stem else shown[:LONGEST_NAME]
