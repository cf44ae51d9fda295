"""What a message quotes of two editions reads as on the page."""

from pages.admin.editions.merge_messages import words_of
from pages.diff.merge import Clash


def test_a_quoted_text_has_no_entity_and_runs_no_words_together():
    clash = Clash(block="text", name="body", language="nb", ours="", theirs="")
    assert words_of(clash, "<h2>Kropp &amp; sinn</h2><p>Vi møter deg.</p>") == "“Kropp & sinn Vi møter deg.”"
