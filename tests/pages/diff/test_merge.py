"""A waiting edition on top of what is published now: changes of both are kept, clashes are named."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pages.diff.merge import Clash, merge
from tests.proofs import examples

HEAD = {"position": 100, "parent": None, "title": {"nb": "Avrusning", "nn": "Avrusing"}, "languages": ["nb"]}


def text(nb, **more):
    return {"type": "text", "body": {"nb": nb} | more}


FIRST = text("<p>Du kan ringe oss når du vil.</p>", nn="<p>Du kan ringje oss når du vil.</p>")
SECOND = text("<p>Slik er de første dagene her.</p>")
BASE = (HEAD, [FIRST, SECOND])


def test_what_only_one_of_them_changed_is_kept():
    ours = (HEAD | {"position": 5}, [text("<p>Du kan ringe oss hele døgnet.</p>", nn=FIRST["body"]["nn"]), SECOND])
    theirs = (
        HEAD | {"title": {"nb": "Nytt navn", "nn": "Avrusing"}},
        [FIRST, text("<p>Slik er de dagene her.</p>")],
    )
    merged = merge(BASE, ours, theirs)
    assert merged.head == HEAD | {"position": 5, "title": {"nb": "Nytt navn", "nn": "Avrusing"}}
    assert merged.body == [ours[1][0], theirs[1][1]]
    assert merged.clashes == []


def test_two_languages_of_one_block_are_two_places():
    ours = (HEAD, [text("<p>Du kan ringe oss når du vil nå.</p>", nn=FIRST["body"]["nn"]), SECOND])
    theirs = (HEAD, [text(FIRST["body"]["nb"], nn="<p>Du kan ringje når du vil.</p>"), SECOND])
    merged = merge(BASE, ours, theirs)
    assert merged.body[0]["body"] == {"nb": ours[1][0]["body"]["nb"], "nn": theirs[1][0]["body"]["nn"]}
    assert merged.clashes == []


def test_the_same_place_changed_by_both_is_named_and_the_waiting_words_win():
    ours = (HEAD | {"title": {"nb": "Rettet", "nn": "Avrusing"}}, BASE[1])
    theirs = (HEAD | {"title": {"nb": "Planlagt", "nn": "Avrusing"}}, BASE[1])
    merged = merge(BASE, ours, theirs)
    assert merged.head["title"]["nb"] == "Planlagt"
    assert merged.clashes == [Clash("", "title", "nb", "Rettet", "Planlagt")]


def test_blocks_added_by_both_stand_where_each_put_them():
    new_first, new_last = text("<p>Aller først.</p>"), text("<p>Til slutt kommer dette.</p>")
    merged = merge(BASE, (HEAD, [new_first, FIRST, SECOND]), (HEAD, [FIRST, SECOND, new_last]))
    assert merged.body == [new_first, FIRST, SECOND, new_last]
    assert merged.clashes == []


def test_the_same_block_added_by_both_stands_once():
    new = text("<p>Nytt telefonnummer.</p>")
    assert merge(BASE, (HEAD, [*BASE[1], new]), (HEAD, [*BASE[1], new])).body == [*BASE[1], new]


def test_a_block_taken_away_by_one_and_changed_by_the_other_is_named():
    changed = text("<p>Slik er de aller første dagene her.</p>")
    kept = merge(BASE, (HEAD, [FIRST]), (HEAD, [FIRST, changed]))
    assert (kept.body, kept.clashes) == ([FIRST, changed], [Clash("text", "", "", None, changed)])
    gone = merge(BASE, (HEAD, [FIRST, changed]), (HEAD, [FIRST]))
    assert (gone.body, gone.clashes) == ([FIRST], [Clash("text", "", "", changed, None)])


def test_a_block_taken_away_by_one_only_is_gone():
    assert merge(BASE, (HEAD, [FIRST]), BASE).body == [FIRST]
    assert merge(BASE, BASE, (HEAD, [SECOND])).body == [SECOND]


def test_a_new_order_is_kept_whoever_made_it_beside_the_others_words():
    changed = text("<p>Slik er de aller første dagene her.</p>")
    turned = (HEAD, [SECOND, FIRST])
    assert merge(BASE, turned, (HEAD, [FIRST, changed])).body == [changed, FIRST]
    assert merge(BASE, (HEAD, [FIRST, changed]), turned).body == [changed, FIRST]


def test_without_a_common_beginning_every_difference_is_named():
    ours = (HEAD | {"position": 5}, [text("<p>Slik er de aller første dagene her.</p>")])
    merged = merge(None, ours, (HEAD, [SECOND]))
    assert merged.body == [SECOND]
    assert [(clash.name, clash.language) for clash in merged.clashes] == [("position", ""), ("body", "nb")]


LANGUAGE_TEXTS = st.dictionaries(st.sampled_from(["nb", "nn"]), st.sampled_from(["a b", "a c", "d e"]), max_size=2)
SNAPSHOTS = st.tuples(
    st.fixed_dictionaries({"position": st.integers(0, 2), "title": LANGUAGE_TEXTS}),
    st.lists(
        st.fixed_dictionaries({"type": st.sampled_from(["text", "quote"]), "body": LANGUAGE_TEXTS}), max_size=5
    ),
)


@settings(max_examples=examples(200), deadline=None)
@given(base=SNAPSHOTS, other=SNAPSHOTS)
def test_a_side_without_changes_leaves_the_other_as_it_is(base, other):
    for merged in (merge(base, base, other), merge(base, other, base), merge(base, other, other)):
        assert (merged.head, merged.body) == other
        assert merged.clashes == []


@settings(max_examples=examples(100), deadline=None)
@given(base=st.none() | SNAPSHOTS, ours=SNAPSHOTS, theirs=SNAPSHOTS)
def test_no_block_comes_from_nowhere(base, ours, theirs):
    merged = merge(base, ours, theirs)
    assert len(merged.body) <= len(ours[1]) + len(theirs[1])
