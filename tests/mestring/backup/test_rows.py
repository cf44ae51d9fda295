"""What is written into a backup is read back line for line."""

import json

import pytest

from mestring.backup.restoring import _lines


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_a_separator_that_a_word_processor_leaves_in_a_text_does_not_end_a_line(tmp_path, character):
    rows = [[1, f"Før{character}etter"], [2, "Neste"]]
    (tmp_path / "000000.jsonl").write_text('["id", "text"]', encoding="utf-8")
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "000001.jsonl").write_text(text, encoding="utf-8")
    assert [json.loads(line) for line in _lines(tmp_path)] == [["id", "text"], *rows]
