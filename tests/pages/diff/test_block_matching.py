"""Comparison and merge agree on which block is which."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pages.diff.block_matching import match_blocks
from pages.diff.compare import compare
from pages.diff.merge import merge
from tests.proofs import examples

LONG = "Du kan ringe oss hele døgnet. Vi svarer alltid, og du trenger ikke å si hvem du er."
TURNED = "Vi svarer alltid, og du trenger ikke å si hvem du er. Du kan ringe oss hele døgnet."
OTHER = "Den som er hos oss, bor på eget rom med dusj, og spiser sammen med de andre."


def text(nb, kind="text", **more):
    return {"type": kind, "body": {"nb": nb} | more}


def figure(key, alt):
    return {"type": "figure", "key": key, "widths": [400, 800], "decorative": False, "alt": {"nb": alt}}


def is_same(old, new):
    return match_blocks([old], [new]) == {0: 0}


def test_a_text_rewritten_in_one_language_is_the_same_block_by_its_translations():
    assert is_same(
        text(LONG, nn="Ring oss no.", en="Call us now."), text(OTHER, nn="Ring oss no.", en="Call us now.")
    )


def test_a_sentence_moved_inside_a_block_makes_no_other_block():
    assert is_same(text(f"<p>{LONG}</p>"), text(f"<ul><li>{TURNED}</li></ul>"))


def test_the_small_words_that_any_two_texts_share_do_not_make_them_one():
    mine = text("Vi ringer deg den dagen du kommer, og en av oss møter deg.")
    assert not is_same(mine, text("Det er lov å angre den første dagen, og en av oss møter alltid opp."))


def test_the_same_kind_of_advice_is_not_the_same_advice():
    advice = {"type": "do_dont", "kind": "do"}
    assert not is_same(
        advice | {"text": {"nb": "Ta med klær til ute"}}, advice | {"text": {"nb": "Spør om alt mulig"}}
    )
    assert not is_same(advice | {"text": {"nb": "Ta med klær"}}, advice | {"text": {"en": "Bring clothes"}})


def test_a_picture_described_anew_is_the_same_picture_and_another_picture_is_not():
    assert is_same(figure("a1", "Huset ved sjøen"), figure("a1", "Hagen bak om våren"))
    assert not is_same(figure("a1", "Huset ved sjøen"), figure("b2", "Hagen bak om våren"))


def test_blocks_without_text_are_told_apart_by_what_was_chosen():
    assert is_same({"type": "helplines", "audience": "all"}, {"type": "helplines", "audience": "all", "new": ""})
    assert not is_same({"type": "helplines", "audience": "all"}, {"type": "helplines", "audience": "patient"})


def test_the_most_alike_are_matched_first():
    old = [text("en to tre fire"), text("en to tre fem")]
    assert match_blocks(old, [text("en to tre fem seks"), text("en to tre fire sju")]) == {0: 1, 1: 0}


WORDS = ["en to tre", "en to fire", "fem seks", "sju åtte ni", ""]
BLOCKS = st.lists(
    st.builds(
        lambda kind, nb, nn: {"type": kind, "body": {"nb": nb, "nn": nn}},
        st.sampled_from(["text", "quote"]), st.sampled_from(WORDS), st.sampled_from(WORDS),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=examples(200), deadline=None)
@given(old=BLOCKS, new=BLOCKS)
def test_each_block_has_at_most_one_match_and_of_its_own_type(old, new):
    matches = match_blocks(old, new)
    assert len(set(matches.values())) == len(matches)
    assert all(old[before]["type"] == new[after]["type"] for before, after in matches.items())
    assert match_blocks(old, old) == {place: place for place in range(len(old))}


def test_comparison_and_merge_see_the_same_block():
    translations = {"nn": "Ring oss no.", "en": "Call us now."}
    before, rewritten = text(LONG, **translations), text(OTHER, **translations)
    translated = text(LONG, **translations | {"en": "Ring us now."})
    head = {"title": {"nb": "Avrusning"}}
    comparison = compare({"head": head, "body": [before]}, {"head": head, "body": [rewritten]})
    assert [block.what for block in comparison.blocks] == ["changed"]
    merged = merge((head, [before]), (head, [translated]), (head, [rewritten]))
    assert (merged.body, merged.clashes) == ([text(OTHER, **translations | {"en": "Ring us now."})], [])
