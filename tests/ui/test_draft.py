from typing import Any

from restival.ui.forms.draft import LARGEST, MOST, keep_draft


def test_the_newest_drafts_are_kept() -> None:
    drafts: dict[str, dict[str, Any]] = {}
    for number in range(MOST + 5):
        keep_draft(drafts, f"t/{number}", {"a": number})
    assert len(drafts) == MOST
    assert "t/4" not in drafts
    keep_draft(drafts, "t/5", {"a": "again"})
    keep_draft(drafts, "t/new", {"a": 1})
    assert drafts["t/5"] == {"a": "again"}
    assert "t/6" not in drafts


def test_a_value_that_is_too_large_does_not_take_the_others_along() -> None:
    drafts: dict[str, dict[str, Any]] = {}
    keep_draft(drafts, "t/1", {"small": "kept", "large": "x" * (LARGEST + 1)})
    assert drafts["t/1"] == {"small": "kept"}
