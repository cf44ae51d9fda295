"""What a message quotes of two editions reads as on the page."""

from pages.admin.editions.merge_messages import describe_clash, words_of
from pages.diff.merge import Clash


def test_a_quoted_text_has_no_entity_and_runs_no_words_together():
    clash = Clash(block="text", name="body", language="nb", ours="", theirs="")
    said = words_of(clash, "<h2>Kropp &amp; sinn</h2><p>Vi møter deg.</p>", beside="")
    assert said == "“Kropp & sinn Vi møter deg.”"


def test_two_long_texts_are_quoted_where_they_begin_to_differ():
    start = "<p>Vi møter deg med varme og respekt, uansett hvor du er i livet, og vi har god tid til deg. "
    said = describe_clash(Clash("text", "body", "nb", f"{start}Ring mandag.</p>", f"{start}Ring tirsdag.</p>"))
    assert "god tid til deg. Ring mandag.”" in said
    assert "god tid til deg. Ring tirsdag.”" in said
    assert "Vi møter" not in said
    longer = describe_clash(Clash("text", "body", "nb", f"{start}</p>", f"{start}Ring tirsdag.</p>"))
    assert "god tid til deg.”" in longer
    assert "Ring tirsdag.”" in longer
