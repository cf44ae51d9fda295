"""Side-by-side editing: it writes one language and nothing else, and overwrites no colleague's text."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.publishing import save_draft
from pages.editions.side_by_side import TranslatedText, save_translation
from pages.editions.snapshot import snapshot
from pages.models import BLOCKS, FaqBlock, FigureBlock, Page, PageTranslation, TextBlock
from pages.quality.checking import hard_errors
from tests.cast import logged_in, make_cast
from tests.factories import LANGUAGES, clinic, draft, live
from tests.pages.admin.forms import read_form
from tests.pages.every_block import page_with_every_block
from tests.proofs import examples
from tests.queries import queries

pytestmark = pytest.mark.django_db


def address(page, language="nn"):
    return reverse("admin:pages_page_translate", args=[page.pk, language])


def send(client, page, language="nn", *, opened=None, button="_save", **changes):
    """Open the page side by side (or use what was opened before), change texts, press a button."""
    form = opened or read_form(client, address(page, language))
    return client.post(address(page, language), form | changes | {button: "1"}, follow=True)


def columns(page):
    """Return every stored value of the page and its blocks."""
    found = {("page", name): value for name, value in Page.objects.filter(pk=page.pk).values()[0].items()}
    for model in BLOCKS:
        for row in model.objects.filter(parent=page).values():
            found |= {(model.snapshot_name, row["id"], name): value for name, value in row.items()}
    return found


def state(page, language="nn"):
    return PageTranslation.objects.get(page=page, language=language).state


def body_of(page, language="nn"):
    return f"text-{TextBlock.objects.get(parent=page).pk}-body_{language}"


def lines(answer):
    return {row.bound.html_name: row for part in answer.context["parts"] for row in part.rows}


@pytest.fixture
def page(db):
    made = draft()
    save_draft(made, by=None, intent=TranslationIntent.ALL_CURRENT)
    return made


@pytest.fixture
def outdated(page):
    """The same page after bokmål said something new."""
    TextBlock.objects.filter(parent=page).update(body_nb="<p>Kom inn.</p>")
    save_draft(page, by=None)
    return page


def test_a_changed_source_is_marked_and_shows_what_it_said_before(editor_client, outdated):
    line = lines(editor_client.get(address(outdated)))[body_of(outdated)]
    assert (line.state, line.source, line.earlier) == ("outdated", "<p>Kom inn.</p>", "<p>Velkommen inn.</p>")
    assert [(run.marked, run.text) for run in line.difference.new[0].runs] == [(True, "Kom"), (False, "inn.")]
    assert [(run.marked, run.text) for run in line.difference.old[0].runs] == [
        (True, "Velkommen"),
        (False, "inn."),
    ]
    assert lines(editor_client.get(address(outdated)))["page-title_nn"].state == ""


def test_writing_the_translation_makes_it_current(editor_client, outdated):
    send(editor_client, outdated, **{body_of(outdated): "<p>Kom inn, du.</p>"})
    assert TextBlock.objects.get(parent=outdated).body_nn == "<p>Kom inn, du.</p>"
    assert (state(outdated), state(outdated, "en")) == ("current", "outdated")


def test_a_save_is_a_draft_by_the_person_and_no_visitor_sees_it(editor_client, editor, client):
    clinic()
    page = live()
    before = client.get("/nn/avrusning-nn/").content
    send(editor_client, page, **{"page-title_nn": "Ny tittel"})
    assert client.get("/nn/avrusning-nn/").content == before
    newest = page.editions.first()
    assert (newest.head["title"]["nn"], newest.saved_by, newest.live_from) == ("Ny tittel", editor, None)


def test_saving_nothing_makes_no_edition(editor_client, outdated):
    count = outdated.editions.count()
    send(editor_client, outdated)
    assert (outdated.editions.count(), state(outdated)) == (count, "outdated")


def test_one_text_can_be_called_right_without_a_change(editor_client, outdated):
    before = columns(outdated)
    send(editor_client, outdated, **{f"right-{body_of(outdated)}": "on"})
    assert columns(outdated) | {("page", "changed"): 0} == before | {("page", "changed"): 0}
    assert (state(outdated), state(outdated, "en")) == ("current", "outdated")


def test_the_whole_translation_can_be_called_right(editor_client, outdated):
    Page.objects.filter(pk=outdated.pk).update(lead_nb="Ny ingress")
    save_draft(Page.objects.get(pk=outdated.pk), by=None)
    send(editor_client, outdated, button="_all_right")
    assert state(outdated) == "current"


def test_an_empty_translation_can_be_meant(editor_client, page):
    Page.objects.filter(pk=page.pk).update(menu_title_nb="Avrus")
    save_draft(Page.objects.get(pk=page.pk), by=None)
    assert lines(editor_client.get(address(page)))["page-menu_title_nn"].state == "missing"
    send(editor_client, page, **{"right-page-menu_title_nn": "on"})
    assert state(page) == "current"


def test_a_source_that_changed_while_somebody_translated_is_still_to_be_looked_at(editor_client, outdated):
    opened = read_form(editor_client, address(outdated))
    TextBlock.objects.filter(parent=outdated).update(body_nb="<p>Kom inn i dag.</p>")
    save_draft(outdated, by=None)
    send(editor_client, outdated, opened=opened, **{body_of(outdated): "<p>Kom inn, du.</p>"})
    line = lines(editor_client.get(address(outdated)))[body_of(outdated)]
    assert (state(outdated), line.state, line.bound.value()) == ("outdated", "outdated", "<p>Kom inn, du.</p>")


def test_a_text_that_a_colleague_changed_is_not_overwritten_and_both_are_shown(editor_client, page):
    opened = read_form(editor_client, address(page))
    Page.objects.filter(pk=page.pk).update(title_nn="Kollegaens")
    save_draft(Page.objects.get(pk=page.pk), by=None)
    changes = {"page-title_nn": "Min", body_of(page): "<p>Også min.</p>"}
    answer = send(editor_client, page, opened=opened, **changes)
    assert answer.status_code == 409
    page.refresh_from_db()
    assert (page.title_nn, TextBlock.objects.get(parent=page).body_nn) == ("Kollegaens", "<p>Velkommen inn.</p>")
    line = lines(answer)["page-title_nn"]
    assert (line.changed_meanwhile, line.bound.value()) == ("Kollegaens", "Min")
    assert lines(answer)[body_of(page)].bound.value() == "<p>Også min.</p>"


def test_after_both_were_shown_the_same_person_can_save(editor_client, page):
    opened = read_form(editor_client, address(page))
    Page.objects.filter(pk=page.pk).update(title_nn="Kollegaens")
    answer = send(editor_client, page, opened=opened, **{"page-title_nn": "Min"})
    hidden = lines(answer)["page-title_nn"].hidden
    send(editor_client, page, opened=opened | hidden, **{"page-title_nn": "Vår"})
    page.refresh_from_db()
    assert page.title_nn == "Vår"


def test_what_a_colleague_changed_and_this_person_did_not_touch_stays(editor_client, page):
    opened = read_form(editor_client, address(page))
    Page.objects.filter(pk=page.pk).update(title_nn="Kollegaens")
    send(editor_client, page, opened=opened, **{body_of(page): "<p>Min.</p>"})
    page.refresh_from_db()
    assert (page.title_nn, TextBlock.objects.get(parent=page).body_nn) == ("Kollegaens", "<p>Min.</p>")


def test_what_was_typed_for_a_block_that_was_replaced_is_shown_and_not_lost(editor_client, page):
    opened, key = read_form(editor_client, address(page)), body_of(page)
    old = TextBlock.objects.get(parent=page)
    TextBlock.objects.filter(pk=old.pk).delete()
    TextBlock.objects.create(parent=page, region="main", ordering=10, body_nb=old.body_nb)
    answer = send(editor_client, page, opened=opened, **{key: "<p>Mitt arbeid.</p>"})
    assert answer.status_code == 409
    assert [one.text for one in answer.context["lost_texts"]] == ["<p>Mitt arbeid.</p>"]
    assert "Mitt arbeid." in answer.text


def test_a_block_added_meanwhile_keeps_its_translation(editor_client, page):
    opened = read_form(editor_client, address(page))
    texts = {f"{name}_{code}": f"{name} {code}" for name in ("question", "answer") for code in LANGUAGES}
    FaqBlock.objects.create(parent=page, region="main", ordering=5, **texts)
    send(editor_client, page, opened=opened, **{body_of(page): "<p>Min.</p>"})
    assert FaqBlock.objects.get(parent=page).question_nn == "question nn"


def test_half_a_block_is_saved_here_too_for_the_quality_panel_to_stop(editor_client, page):
    texts = {"question_nb": "Hva?", "answer_nb": "<p>Det.</p>", "question_nn": "Kva?", "answer_nn": "<p>Det.</p>"}
    block = FaqBlock.objects.create(parent=page, region="main", ordering=5, **texts)
    FigureBlock.objects.create(parent=page, region="main", ordering=6, drawing="diamond", alt_nb="Fjell")
    send(editor_client, page, **{f"faq-{block.pk}-answer_nn": "", "page-title_nn": "Ny"})
    page.refresh_from_db()
    assert page.title_nn == "Ny"
    head, body = snapshot(page)
    found = [(one.place.name, one.rule) for one in hard_errors(head, body, ["nn"])]
    assert found == [("answer", "half-block"), ("alt", "missing-alt")]


def test_a_fault_in_another_language_does_not_stop_the_translator(editor_client, page):
    FaqBlock.objects.create(
        parent=page, region="main", ordering=5, question_nb="Hva?", question_nn="Kva?", answer_nn="<p>Det.</p>"
    )
    send(editor_client, page, **{"page-title_nn": "Ny"})
    page.refresh_from_db()
    assert page.title_nn == "Ny"


def test_an_address_is_made_from_the_title_and_a_taken_one_is_refused(editor_client):
    clinic()
    live("annen")
    page = draft(languages=("nb",))
    save_draft(page, by=None, intent=TranslationIntent.ALL_CURRENT)
    answer = send(editor_client, page, **{"page-title_nn": "Avrusing på Tysnes", "page-slug_nn": "annen-nn"})
    assert lines(answer)["page-slug_nn"].bound.errors
    send(editor_client, page, **{"page-title_nn": "Avrusing på Tysnes", body_of(page): "<p>Hei.</p>"})
    page.refresh_from_db()
    assert (page.slug_nn, state(page)) == ("avrusing-pa-tysnes", "current")


def test_rich_text_is_cleaned_here_too(editor_client, page):
    send(editor_client, page, **{body_of(page): '<p onclick="x">Hei<script>x</script></p>'})
    assert TextBlock.objects.get(parent=page).body_nn == "<p>Hei</p>"


def test_links_in_the_source_are_named_and_lead_nowhere(editor_client, page):
    TextBlock.objects.filter(parent=page).update(body_nb=f'<p><a href="page:{page.pk}">her</a></p>')
    source = lines(editor_client.get(address(page)))[body_of(page)].source
    assert "<a " not in source
    assert "avrusning nb" in source


def test_an_address_in_the_source_is_shown_as_it_is(editor_client, page):
    TextBlock.objects.filter(parent=page).update(body_nb='<p><a href="https://a.no/?x=1&amp;y=2">her</a></p>')
    source = lines(editor_client.get(address(page)))[body_of(page)].source
    assert "(→ https://a.no/?x=1&amp;y=2)" in source


@pytest.mark.parametrize("language", ["nb", "sv", "all"])
def test_only_a_translation_can_be_edited_here(editor_client, page, language):
    assert editor_client.get(address(page, language)).status_code == 404


def test_a_page_that_does_not_exist_is_not_found(editor_client):
    assert editor_client.get("/admin/pages/page/99999/translate/nn/").status_code == 404


@pytest.mark.parametrize("rights", [[], ["view_page"]])
def test_whoever_may_not_change_pages_is_refused(roleless, page, rights):
    for right in rights:
        roleless.user_permissions.add(Permission.objects.get(codename=right))
    someone = logged_in(roleless)
    assert someone.get(address(page)).status_code == 403
    assert someone.post(address(page), {"page-title_nn": "x"}).status_code == 403


def test_a_block_somebody_may_not_change_is_not_offered_to_them(roleless, page):
    roleless.user_permissions.add(*Permission.objects.filter(codename__in=["view_page", "change_page"]))
    someone, key = logged_in(roleless), body_of(page)
    form = read_form(someone, address(page))
    assert key not in form
    someone.post(address(page), form | {key: "<p>x</p>", f"opened-{key}": ""})
    assert TextBlock.objects.get(parent=page).body_nn == "<p>Velkommen inn.</p>"


def test_a_refused_save_leads_to_the_first_fault(editor_client, page):
    answer = send(editor_client, page, **{"page-slug_nn": "ikke en adresse"})
    assert [name for name, line in lines(answer).items() if line.is_first] == ["page-slug_nn"]
    assert "errornote" in answer.text
    assert "data-unsaved" in answer.text


def test_it_asks_as_many_questions_for_many_pages_as_for_few(editor_client, outdated):
    queries(editor_client, address(outdated))
    few = queries(editor_client, address(outdated))
    for number in range(6):
        save_draft(draft(f"side-{number}"), by=None)
    assert queries(editor_client, address(outdated)) == few


def test_inquiry_staff_and_strangers_stay_out(inquiry_client, client, page):
    assert inquiry_client.get(address(page)).status_code == 403
    assert client.get(address(page)).status_code == 302


def test_the_verb_itself_refuses_a_column_of_another_language(page):
    with pytest.raises(ValueError, match="title_nb"):
        save_translation(page, "nn", [TranslatedText(page, "title_nb", "x")], [], by=None)


def test_no_text_is_tidied_unseen(editor_client, page):
    Page.objects.filter(pk=page.pk).update(lead_nb="a", lead_nn="  Mellomrom \r\n og linje ")
    before = columns(page)
    send(editor_client, page)
    assert columns(page) == before


# An address and a table have rules of their own, and half a pair is refused.
FREE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="<&"), min_size=1, max_size=20
)


class AnySave(TestCase):
    @settings(max_examples=examples(5, times=30), deadline=None)
    @given(
        language=st.sampled_from(["nn", "en"]), seed=st.randoms(use_true_random=False), word=FREE,
        button=st.sampled_from(["_save", "_all_right"]), forged=st.booleans(),
    )  # fmt: skip
    def test_leaves_every_other_column_as_it_was(self, language, seed, word, button, forged):
        make_cast()
        clinic()
        page = page_with_every_block()
        client = logged_in(User.objects.get(username="astrid"))
        before = columns(page)
        form = read_form(client, address(page, language))
        ours = [key for key in form if key.endswith(f"_{language}") and not key.startswith(("opened-", "source-"))]
        texts = [key for key in ours if "-slug_" not in key and "-rows_" not in key]
        changes = dict.fromkeys(seed.sample(texts, 4), word)
        if forged:
            others = [code for code in LANGUAGES if code != language]
            changes |= {key[: -len(language)] + code: "x" for key in texts for code in others}
            changes |= {"page-kind": "front", "page-position": "1"}
        assert client.post(address(page, language), form | changes | {button: "1"}).status_code == 302
        after = columns(page)
        assert {key for key in before if before[key] != after[key]} <= {
            key for key in before if key[-1].endswith(f"_{language}") or key == ("page", "changed")
        }
        assert before.keys() == after.keys()
        assert before != after
