"""Two editions side by side: what differs, and nothing else."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.diff.compare import AsStored, compare
from pages.diff.word_diff import word_diff
from pages.richtext.tokens import plain_tokens, rich_tokens
from tests.proofs import examples

FIXTURES = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent.parent / "fixtures").glob("edition-v*.json"))
]


class Rich(AsStored):
    """Texts as the admin stores them: bodies are rich text."""

    def is_rich(self, block, field):
        return field in ("body", "answer", "fact", "explanation")


WORDS = Rich()
texts = st.dictionaries(st.sampled_from(["nb", "nn", "en"]), st.text("ab <>/p&\n", max_size=30))
blocks = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "step", "gone"])},
    optional={"body": texts, "title": texts, "level": st.sampled_from(["a", "b"]), "claim": st.integers(0, 3)},
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
editions = st.fixed_dictionaries(
    {
        "head": st.fixed_dictionaries({"title": texts, "position": st.integers(0, 3)}),
        "body": st.lists(blocks, max_size=6),
    }
)
anything = st.fixed_dictionaries({"head": json_values, "body": json_values | st.lists(json_values)})
quick = settings(max_examples=examples(60), deadline=None)


def said(lines):
    return [word for line in lines for run in line.runs for word in run.text.split()]


def words_of(text, *, rich):
    tokens = rich_tokens(text) if rich else plain_tokens(text)
    return [word for token in tokens if isinstance(token, str) for word in token.split()]


def edition(*body, **head):
    return {"head": {"title": {"nb": "Avrusning"}} | head, "body": list(body)}


def text(nb, kind="text"):
    return {"type": kind, "body": {"nb": nb}}


def changes(old, new):
    return [(b.type, b.what, b.moved, b.old_place, b.new_place) for b in compare(old, new, WORDS).blocks]


@quick
@given(edition=editions | anything | st.sampled_from(FIXTURES))
def test_an_edition_compared_with_itself_shows_nothing(edition):
    found = compare(edition, copy.deepcopy(edition), WORDS)
    assert not found.differs
    assert (found.fields, found.blocks) == ((), ())


@quick
@given(old=editions | anything | st.sampled_from(FIXTURES), new=editions | anything | st.sampled_from(FIXTURES))
def test_any_two_editions_can_be_compared_and_every_block_is_there_once(old, new):
    found = compare(old, new, WORDS, everything=True)
    for side, places in (
        (old, [b.old_place for b in found.blocks]), (new, [b.new_place for b in found.blocks])
    ):  # fmt: skip
        body = side["body"] if isinstance(side["body"], list) else []
        count = sum(isinstance(block, dict) for block in body)
        assert sorted(place for place in places if place) == list(range(1, count + 1))


def told(edition):
    """The edition without its empty values, which mean the same as absent ones."""

    def without_empty(block):
        kept = {k: {c: t for c, t in v.items() if t} if isinstance(v, dict) else v for k, v in block.items()}
        return {name: value for name, value in kept.items() if value != {}}

    return [without_empty(block) for block in (edition["head"], *edition["body"])]


@quick
@given(old=editions, new=editions)
def test_what_differs_is_shown_and_what_does_not_is_not(old, new):
    assert compare(old, new, WORDS).differs == (told(old) != told(new))


@quick
@given(old=st.text("ab <>/pli\n", max_size=60), new=st.text("ab <>/pli\n", max_size=60), rich=st.booleans())
def test_joining_the_words_of_each_side_gives_its_text(old, new, rich):
    read = rich_tokens if rich else plain_tokens
    left, right = word_diff(read(old), read(new))
    assert said(left) == words_of(old, rich=rich)
    assert said(right) == words_of(new, rich=rich)
    unmarked = [
        [w for line in side for run in line.runs if not run.marked for w in run.text.split()]
        for side in (left, right)
    ]
    assert unmarked[0] == unmarked[1]


def test_one_changed_word_is_the_only_one_marked():
    found = compare(edition(lead={"nb": "Ring oss i dag."}), edition(lead={"nb": "Skriv oss i dag."}), WORDS)
    (field,) = found.fields
    assert (field.name, field.language) == ("lead", "nb")
    assert [(run.marked, run.text) for run in field.old[0].runs] == [(True, "Ring"), (False, "oss i dag.")]
    assert [(run.marked, run.text) for run in field.new[0].runs] == [(True, "Skriv"), (False, "oss i dag.")]


def test_rich_text_is_read_as_headings_items_and_paragraphs():
    html = "<h2>Dag én</h2><p>Du <strong>m</strong>øter oss.</p><ol><li><p>Først</p></li></ol><ul><li>Så</li></ul>"
    left, _right = word_diff(rich_tokens(html), [])
    assert [(line.kind, " ".join(run.text for run in line.runs)) for line in left] == [
        ("heading", "Dag én"), ("paragraph", "Du møter oss."), ("number", "Først"), ("bullet", "Så"),
    ]  # fmt: skip


def test_a_link_that_leads_elsewhere_is_shown():
    old, new = (edition(text(f'<p>Les <a href="page:{n}">mer</a>.</p>')) for n in (7, 8))
    ((field,),) = [block.fields for block in compare(old, new, WORDS).blocks]
    assert [run.text for line in field.new for run in line.runs if run.marked] == ["(→ page:8)"]


def test_bold_alone_is_said_in_words_as_there_is_no_word_to_mark():
    ((field,),) = [
        block.fields
        for block in compare(
            edition(text("<p>Ring nå</p>")), edition(text("<p><strong>Ring</strong> nå</p>")), WORDS
        ).blocks
    ]
    assert field.looks_only


def test_a_paragraph_made_a_heading_is_marked_as_a_line():
    ((field,),) = [
        block.fields for block in compare(edition(text("<p>Hei</p>")), edition(text("<h2>Hei</h2>")), WORDS).blocks
    ]
    assert [(line.kind, line.marked) for line in field.new] == [("heading", True)]


def test_a_block_put_in_between_does_not_change_its_neighbours():
    a, b, c = text("<p>En</p>"), text("<p>To</p>"), text("<p>Noe helt annet</p>")
    assert changes(edition(a, b), edition(a, c, b)) == [("text", "added", False, None, 2)]
    assert changes(edition(a, c, b), edition(a, b)) == [("text", "removed", False, 2, None)]


def test_a_block_that_was_moved_is_moved_and_not_removed_and_added():
    a, b, c = (text(f"<p>{word} for seg selv</p>") for word in ("Epler", "Pærer", "Plommer"))
    assert changes(edition(a, b, c), edition(c, a, b)) == [("text", "same", True, 3, 1)]


def test_a_block_that_was_moved_and_changed_says_both():
    a, b = text("<p>Her står det noe</p>"), text("<p>Dette er en lang tekst om avrusning</p>")
    c = text("<p>Dette er en lang tekst om ettervern</p>")
    assert ("text", "changed", True, 2, 1) in changes(edition(a, b), edition(c, a))


def test_a_block_of_another_type_is_another_block():
    old, new = edition(text("<p>Ring oss</p>")), edition(text("<p>Ring oss</p>", kind="step"))
    assert {what for _type, what, *_rest in changes(old, new)} == {"removed", "added"}


def test_an_edition_from_before_the_footer_was_invented_differs_in_nothing_from_one_that_is_not_in_it():
    assert not compare(edition(), edition(in_footer=False, audience="")).differs


@pytest.mark.parametrize("words", [3000, 20000])
def test_very_long_texts_are_compared_without_keeping_anybody_waiting(words):
    old = edition(text("<p>" + "a b " * words + "</p>"))
    new = edition(text("<p>" + "b b a " * words + "</p>"))
    assert compare(old, new, WORDS).differs
