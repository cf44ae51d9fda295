"""The guide for staff: shown in the admin, and never at odds with what stands on the screen."""

import re

import pytest
from django.urls import get_resolver, reverse
from django.utils.translation import trans_real

from mestring.staff.guide import DOCS, PICTURES, read_guide, render_guide
from mestring.staff.guide_sections import INBOX_SECTIONS, SECTIONS

TEXT = (DOCS / "editors.md").read_text(encoding="utf-8")


def labels_of(guide):
    text = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
    return {" ".join(label.split()) for label in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}


def words_on_the_screen():
    """Return every sentence that our catalogues and Django's have in bokmål."""
    return {str(text).removesuffix(":") for _key, text in trans_real.translation("nb")._catalog.items()}


def is_on_the_screen(label, sentences):
    """Say whether some sentence is this label, with a number or another sentence where it has room for one."""
    if {label, label[0].lower() + label[1:]} & sentences:
        return True
    counted = re.sub(r"\d+", "%(counter)s", label)
    return counted in sentences or any(
        label.startswith(before) and label.removeprefix(before) in sentences
        for before, _room, after in (s.partition("%(name)s") for s in sentences if s.endswith("%(name)s"))
        if before
    )


@pytest.mark.parametrize("guide", ["editors", "inbox"])
def test_every_label_that_a_guide_quotes_stands_on_the_screen(guide):
    sentences = words_on_the_screen()
    assert sorted(label for label in labels_of(guide) if not is_on_the_screen(label, sentences)) == []


def test_every_section_that_a_page_of_the_admin_leads_to_is_there():
    sections, of_the_inbox = (
        {section.id for part in read_guide(guide).contents for section in [part, *part.parts]}
        for guide in ("editors", "inbox")
    )
    assert set(SECTIONS.values()) <= sections
    assert set(INBOX_SECTIONS.values()) <= of_the_inbox
    assert len(re.findall(r"^###? ", TEXT, re.MULTILINE)) == len(sections)  # no two with one name


def test_the_addresses_that_lead_to_a_section_are_addresses_of_the_admin():
    known = get_resolver().namespace_dict["admin"][1].reverse_dict
    assert [name for name in SECTIONS | INBOX_SECTIONS if name not in known] == []


def test_every_picture_of_the_guide_is_there_is_light_and_is_described():
    named = re.findall(r"!\[(.*?)\]\((.+?)\)", TEXT)
    files = {f"{PICTURES}{file.name}" for file in (DOCS / PICTURES).iterdir()}
    assert {source for _words, source in named} == files
    for words, source in named:
        assert len(words) > 20
        assert (DOCS / source).stat().st_size < 60_000, source


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["editor_client", "inquiry_client", "administrator_client"])
def test_every_colleague_reads_the_guide(who, request):
    page = request.getfixturevalue(who).get(reverse("admin:guide")).content.decode()
    assert '<h3 id="forkaste-et-utkast">Forkaste et utkast</h3>' in page
    assert '<a href="#forkaste-et-utkast">' in page
    assert re.search(r'<img src="/static/guide/first-page\.webp" alt="Første side: .+" width="\d+"', page)
    assert "style=" not in page.split("<main", 1)[1]


def test_a_visitor_is_asked_to_log_in(client, db):
    answer = client.get(reverse("admin:guide"))
    assert answer["Location"] == f"{reverse('admin:login')}?next={reverse('admin:guide')}"


def test_the_header_leads_to_the_section_that_fits_the_page(editor_client):
    page = editor_client.get(reverse("admin:pages_page_coming")).content.decode()
    assert f'href="{reverse("admin:guide")}#endre-eller-avlyse-noe-som-er-planlagt">Veiledning</a>' in page
    page = editor_client.get(reverse("admin:index")).content.decode()
    assert page.count(f'href="{reverse("admin:guide")}') == 2


def test_html_in_the_text_is_shown_as_words():
    guide = render_guide("# Tittel\n\n<script>x</script> **a**\n\n## Én\n\n### Får æ ø\n\n| a |\n|---|\n| <b> |\n")
    assert guide.title == "Tittel"
    assert guide.opening == "<p>&lt;script&gt;x&lt;/script&gt; <strong>a</strong></p>\n"
    assert [(part.id, [one.id for one in part.parts]) for part in guide.contents] == [("en", ["far-ae-o"])]
    assert "<td>&lt;b&gt;</td>" in guide.body


def test_a_colleague_who_reads_inquiries_is_led_to_the_guide_of_the_inbox(inquiry_client):
    address = reverse("admin:inbox_guide")
    first_page = inquiry_client.get(reverse("admin:index")).content.decode()
    assert first_page.count(f'href="{address}') == 2  # at the top, and among the tasks
    assert f'href="{reverse("admin:guide")}"' not in first_page  # the editors'
    assert f'href="{reverse("admin:guide")}#' not in first_page
    inbox = inquiry_client.get(reverse("admin:contact_inquiry_changelist")).content.decode()
    assert f'href="{address}#hver-dag">Veiledning</a>' in inbox
    assert '<h2 id="hver-dag">Hver dag</h2>' in inquiry_client.get(address).content.decode()
