"""A translation matches its source by the words of both, whatever rows they stand in."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pages.diff.translation_pairs import (
    TranslationIntent,
    TranslationPair,
    fingerprint_of,
    newly_settled,
    pairs_in,
)


def pair(source, translation, place="text.body"):
    return TranslationPair(place, fingerprint_of(source), fingerprint_of(translation))


def settled(old, new, intent=TranslationIntent.TYPED, known=()):
    """Save a page that said `old`, all of which matched unless `known` says otherwise."""
    known = {one.fingerprint for one in (known or old)}
    return {one.fingerprint for one in new} & (known | newly_settled(intent, old, new, known))


OLD = [pair("Ring oss", "Ring oss, du"), pair("Kom inn", "Kom inn no")]


def test_markup_and_spaces_do_not_make_another_text():
    assert fingerprint_of("<ul><li>Ring  oss</li></ul>") == fingerprint_of(
        "<ul><li><p>Ring <strong>oss</strong></p></li></ul>"
    )
    assert fingerprint_of("a\r\nb") == fingerprint_of("a\nb")
    assert fingerprint_of("R &amp; D") == fingerprint_of("R & D")


def test_words_beside_each_other_are_not_run_together():
    assert fingerprint_of("<p>Ring</p><p>oss</p>") != fingerprint_of("<p>Ringoss</p>")
    assert fingerprint_of("R<strong>us</strong>") == fingerprint_of("Rus")


def test_where_a_link_leads_counts():
    assert fingerprint_of('<a href="page:1">her</a>') != fingerprint_of('<a href="page:2">her</a>')


def test_a_text_without_words_has_no_mark():
    assert fingerprint_of(None) == fingerprint_of("<p> </p>") == ""


def test_a_changed_source_is_not_settled():
    new = [pair("Ring oss nå", "Ring oss, du"), OLD[1]]
    assert settled(OLD, new) == {OLD[1].fingerprint}


def test_a_changed_translation_is_settled_with_the_source_beside_it():
    new = [pair("Ring oss nå", "Ring oss med ein gong"), OLD[1]]
    assert settled(OLD, new) == {one.fingerprint for one in new}


def test_a_minor_change_keeps_what_matched_and_nothing_else():
    outdated = pair("Kom inn nå", "Kom inn no")
    new = [pair("Ring oss!", "Ring oss, du"), pair("Kom inn nå!", "Kom inn no")]
    assert settled([OLD[0], outdated], new, TranslationIntent.MINOR_CHANGE, known=[OLD[0]]) == {new[0].fingerprint}


def test_a_new_source_text_is_not_settled_by_a_minor_change():
    emptied = pair("Bildetekst", "")
    new = [emptied, pair("En til", "")]
    assert settled([emptied], new, TranslationIntent.MINOR_CHANGE) == {emptied.fingerprint}


def test_emptying_a_translation_settles_nothing():
    assert settled(OLD, [pair("Ring oss", ""), OLD[1]]) == {OLD[1].fingerprint}


def test_what_is_put_back_from_an_edition_settles_nothing_new():
    assert settled([], OLD, TranslationIntent.UNSTATED, known=[OLD[0]]) == {OLD[0].fingerprint}


def test_which_of_two_like_translations_was_written_is_not_guessed():
    old = [pair("Les mer", "Les meir")]
    new = [pair("Les videre", "Les meir"), pair("Les alt", "Les meir")]
    assert settled(old, new) == set()


def test_the_address_of_a_page_is_no_text_to_translate():
    head = {"title": {"nb": "Hjelp", "nn": "Hjelp"}, "slug": {"nb": "hjelp"}, "languages": []}
    assert [one.place for one in pairs_in(head, [], "nn")] == ["page.title"]


WORDS = st.sampled_from(["", "a", "b", "c"])
PAIRS = st.lists(st.builds(pair, WORDS, WORDS, st.sampled_from(["faq.question", "faq.answer"])), max_size=6)


@given(
    PAIRS,
    st.randoms(),
    st.sampled_from([TranslationIntent.UNSTATED, TranslationIntent.TYPED, TranslationIntent.MINOR_CHANGE]),
)
def test_moving_blocks_about_settles_and_unsettles_nothing(old, random, intent):
    known = {one.fingerprint for one in old if random.random() < 0.5}
    new = old.copy()
    random.shuffle(new)
    assert newly_settled(intent, old, new, known) == set()


@given(PAIRS, PAIRS, st.randoms())
def test_without_new_translations_and_without_the_tick_nothing_becomes_settled(old, new, random):
    known = {one.fingerprint for one in old if random.random() < 0.5}
    there = Counter(one.translation_key for one in old)
    marks = newly_settled(TranslationIntent.TYPED, old, new, known)
    rewritten = {
        one.translation_key
        for one in new
        if Counter(n.translation_key for n in new)[one.translation_key] > there[one.translation_key]
    }
    assert {one.translation_key for one in new if one.fingerprint in marks} <= rewritten


@given(PAIRS, PAIRS, st.sampled_from(list(TranslationIntent)))
def test_what_is_settled_stays_settled(old, new, intent):
    known = {one.fingerprint for one in old}
    assert newly_settled(intent, old, new, known).isdisjoint(known)
