"""Rich text is clean in the database, whichever way it came there."""

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pages.models import TextBlock
from pages.richtext.allowed_markup import TAGS, clean
from pages.richtext.reader import text_of
from tests.factories import clinic, draft, front
from tests.pages.admin.forms import new_text, save
from tests.proofs import examples

FROM_WORD = (
    '<h1 class="MsoTitle" style="color:red">Første dag</h1>'
    '<p class="MsoNormal" style="margin:0"><span style="font-size:11pt" lang="NO-BOK"><b>Ring</b> <i>oss</i>'
    '<o:p></o:p></span></p><div><font face="Arial" color="#333">Vi svarer.</font></div>'
    '<p class="MsoNormal">&nbsp;</p>'
)
CLEAN = "<h2>Første dag</h2><p><strong>Ring</strong> <em>oss</em></p><p>Vi svarer.</p>"
HOSTILE = (
    '<p onclick="x()">a<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>'
    '<a href="javascript:alert(1)" target="_blank">b</a><a href="page:12&quot; onmouseover=x">c</a>'
    '<iframe src="https://evil.example"></iframe><style>p{}</style><a href="data:text/html,x">d</a></p>'
)


@pytest.fixture
def page(db):
    clinic()
    front()
    return draft()


def stored(page):
    return page.pages_textblock_set.order_by("pk").last().body_nb


def test_what_a_word_processor_wrote_is_clean_when_the_form_is_sent_without_the_editor(editor_client, page):
    save(editor_client, page, **new_text(1, body_nb=FROM_WORD))
    assert stored(page) == CLEAN


def test_the_edition_holds_the_clean_text_too(editor_client, page):
    save(editor_client, page, **new_text(1, body_nb=FROM_WORD))
    assert page.editions.first().body[-1]["body"]["nb"] == CLEAN


def test_it_is_clean_when_saved_by_code(page):
    TextBlock.objects.create(parent=page, region="main", ordering=20, body_nb=FROM_WORD)
    assert stored(page) == CLEAN


def test_it_is_clean_when_written_with_update(page):
    TextBlock.objects.filter(parent=page).update(body_nb=FROM_WORD)
    assert stored(page) == CLEAN


def test_it_is_clean_when_created_in_bulk(page):
    TextBlock.objects.bulk_create([TextBlock(parent=page, region="main", ordering=20, body_nb=FROM_WORD)])
    assert stored(page) == CLEAN


def test_it_is_clean_when_updated_in_bulk(page):
    block = page.pages_textblock_set.get()
    block.body_nb = FROM_WORD
    TextBlock.objects.bulk_update([block], ["body_nb"])
    assert stored(page) == CLEAN


def test_hostile_markup_sent_past_the_editor_is_never_stored(editor_client, page):
    save(editor_client, page, **new_text(1, body_nb=HOSTILE))
    for word in ("script", "onerror", "onclick", "onload", "onmouseover", "javascript", "iframe", "data:", "<img"):
        assert word not in stored(page)


def test_links_that_the_dialog_offers_are_kept(editor_client, page):
    links = [
        "page:12", "contact:relative", "contact:referrer", "https://helsenorge.no/rus", "mailto:post@example.org",
        "tel:116117",
    ]  # fmt: skip
    text = "".join(f'<p><a href="{link}">her</a></p>' for link in links)
    save(editor_client, page, **new_text(1, body_nb=text))
    assert stored(page) == text


@pytest.mark.parametrize("link", ["javascript:alert(1)", "page:x", "contact:admin", "vbscript:x", "file:///etc"])
def test_other_links_become_plain_text(link):
    assert clean(f'<p><a href="{link}">her</a></p>') == "<p>her</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<table><caption>En</caption><tr><th>to</th><td>tre</td></tr><tr><td>fire</td></tr></table>",
        "<dl><dt>En</dt><dd>to</dd></dl><blockquote>tre</blockquote>fire",
        "<section>En<hr>to</section><pre>tre</pre><address>fire</address>",
        "<figure>En<figcaption>to</figcaption></figure><details><summary>tre</summary>fire</details>",
    ],
)
def test_words_of_blocks_that_are_not_of_the_format_do_not_run_together(html):
    assert text_of(clean(html)).split() == ["En", "to", "tre", "fire"]


def test_a_block_that_is_not_of_the_format_is_stored_as_a_paragraph():
    assert clean("<blockquote><p>En</p></blockquote><section>to</section>") == "<p>En</p><p>to</p>"


MARKUP = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                f"<{tag}>"
                for tag in ("p", "b", "h1", "h2", "div", "ul", "ol", "li", "span", "font", "table", "td", "hr")
            ]
            + [f"</{tag}>" for tag in ("p", "b", "h1", "h2", "div", "ul", "ol", "li", "span", "table", "td")]
            + ['<a href="page:1">', '<a href="javascript:x">', "</a>", "<br>", "&nbsp;", "&lt;script&gt;", "<!--"]
            + ['<p class="MsoNormal" style="x">', "<math><mi>", "<svg><style>", "<noscript>", "<![CDATA["]
        ),
    ),
    max_size=14,
).map("".join)
many = settings(max_examples=examples(34, times=30), deadline=None)


@many
@given(MARKUP)
@example('<H1><a href="javascript:x"><H1>0')  # a heading in a heading, seen only in the second round
def test_cleaning_what_was_cleaned_changes_nothing(html):
    assert clean(clean(html)) == clean(html)


@many
@given(MARKUP)
def test_a_browser_finds_only_the_allowed_elements_and_attributes(html):
    tree = html5lib.parseFragment(clean(html), namespaceHTMLElements=False)
    for element in tree.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in TAGS
        assert set(element.attrib) <= ({"href"} if element.tag == "a" else set())
