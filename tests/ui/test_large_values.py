from pathlib import Path

from restival.ui.forms.draft_files import LargeValues, Names


def test_large_values_of_drafts_have_files_of_their_own(tmp_path: Path) -> None:
    names: Names = {}
    values = LargeValues(names, tmp_path)
    values.keep("t/1", {"rows": "[1]", "more": "[2]"})
    values.keep("t/2", {"rows": "[3]"})
    values.keep("t/1", {"rows": "[4]"})
    assert LargeValues(names, tmp_path).read("t/1") == {"rows": [4]}
    assert len(list(tmp_path.iterdir())) == 2
    values.drop_others({"t/2": {}})
    assert values.read("t/1") == {}
    assert values.read("t/2") == {"rows": [3]}
    values.keep("t/2", {})
    assert list(tmp_path.iterdir()) == []
    assert names == {}
