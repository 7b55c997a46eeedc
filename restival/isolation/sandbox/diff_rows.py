"""What has changed between two texts, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 3
"""Unchanged lines that are shown before and after a change."""
EXACT = 2_000
"""Up to so many lines the shortest difference is looked for; beyond, lines that come up often aren't looked at."""
MOST = 20_000
"""Lines that differ on one side, beyond which all of them count as changed."""

Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Row:
    """Lines that stand beside each other, by their positions; in a gap `left` is how many lines it leaves out."""

    kind: Literal["same", "changed", "gap"]
    left: int | None
    right: int | None


def diff_rows(before: str, after: str) -> tuple[Row, ...]:
    """The changed lines with those around them; none where both texts are the same."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    end = 0
    for group in _groups(_opcodes(old, new)):
        if group[0][1] > end:
            rows.append(Row("gap", group[0][1] - end, None))
        for kind, left, left_end, right, right_end in group:
            if kind == "equal":
                rows += [Row("same", left + n, right + n) for n in range(left_end - left)]
            else:
                rows += list(_pairs(left, left_end, right, right_end))
        end = group[-1][2]
    if rows and end < len(old):
        rows.append(Row("gap", len(old) - end, None))
    return tuple(rows)


def all_changed(before: str, after: str) -> list[Row]:
    """The rows where what both texts have in common isn't looked for."""
    old, new = len(before.splitlines()), len(after.splitlines())
    return [] if before.splitlines() == after.splitlines() else list(_pairs(0, old, 0, new))


def _pairs(left: int, left_end: int, right: int, right_end: int) -> Iterator[Row]:
    for n in range(max(left_end - left, right_end - right)):
        yield Row(
            "changed",
            left + n if left + n < left_end else None,
            right + n if right + n < right_end else None,
        )


def _opcodes(old: list[str], new: list[str]) -> list[Opcode]:
    """What the texts have in common at both ends is taken off first: the search is quadratic."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(left), len(right)) > MOST:
        inner: list[Opcode] = [("replace", 0, len(left), 0, len(right))]
    else:
        matcher = SequenceMatcher(None, left, right, autojunk=max(len(left), len(right)) > EXACT)
        inner = list(matcher.get_opcodes())
    moved = [(kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in inner]
    ends = (len(old) - tail, len(old), len(new) - tail, len(new))
    return [("equal", 0, head, 0, head), *moved, ("equal", *ends)]


def _groups(opcodes: list[Opcode]) -> Iterator[list[Opcode]]:
    """The changes that are near each other, with the lines around them."""
    group: list[Opcode] = []
    for kind, left, left_end, right, right_end in opcodes:
        if kind != "equal":
            group.append((kind, left, left_end, right, right_end))
            continue
        size = left_end - left
        if any(entry[0] != "equal" for entry in group):
            if size <= 2 * AROUND:
                group.append(("equal", left, left_end, right, right_end))
                continue
            yield [*group, ("equal", left, left + AROUND, right, right + AROUND)]
        last = min(size, AROUND)
        group = [("equal", left_end - last, left_end, right_end - last, right_end)]
    if any(entry[0] != "equal" for entry in group):
        yield group
