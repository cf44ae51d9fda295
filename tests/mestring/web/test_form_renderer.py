"""What we write of a form ourselves is what Django's templates would have written."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mestring.web.form_renderer import INPUTS, WRITERS, FastFormRenderer
from tests.proofs import examples

OURS, DJANGO = FastFormRenderer(), DjangoTemplates()
HOSTILE = "\"><script>alert('x')</script>&amp; <b>"
WORDS = st.text(max_size=20) | st.sampled_from([HOSTILE, mark_safe("<i>meant</i>"), gettext_lazy("Link")])
VALUES = WORDS | st.booleans() | st.none() | st.integers() | st.floats() | st.tuples(st.integers())
ATTRS = st.dictionaries(st.from_regex(r"\A[a-z-]{1,8}\Z"), VALUES, max_size=3)
OPTIONS = st.lists(st.tuples(WORDS | st.integers(), WORDS | st.integers(0, 12345)), max_size=3)
GROUPED = st.lists(st.tuples(st.text(min_size=1, max_size=5) | st.just(HOSTILE), OPTIONS), max_size=2)


def as_both(template, context):
    return OURS.render(template, context), DJANGO.render(template, context)


@pytest.mark.parametrize("kind", [*INPUTS, "input", "textarea"])
def test_every_input(kind):
    @settings(max_examples=examples(15), deadline=None)
    @given(st.text(max_size=9), WORDS | st.none() | st.integers(), ATTRS)
    @example(HOSTILE, HOSTILE, {"title": HOSTILE, "required": True, "disabled": False, "maxlength": 1200})
    @example("body", mark_safe("<p>a &amp; b</p>"), {"data-config": mark_safe("&quot;"), "lang": "nb"})
    @example("body", "\n  first line was empty\n", {})
    def same(name, value, attrs):
        context = {"widget": {"name": name, "value": value, "attrs": attrs, "type": "text"}}
        ours, django = as_both(f"django/forms/widgets/{kind}.html", context)
        assert ours == django

    same()


@settings(max_examples=examples(25), deadline=None)
@given(OPTIONS, GROUPED, st.sampled_from(["", "1", HOSTILE]), ATTRS)
@example([("", "---"), ("1", HOSTILE)], [(HOSTILE, [("2", "two"), ("3", "three")])], "2", {"lang": "nb"})
def test_every_choice(options, grouped, chosen, attrs):
    widget = forms.Select(attrs, [*options, *grouped])
    assert widget.render("choice", chosen, renderer=OURS) == widget.render("choice", chosen, renderer=DJANGO)


def test_options_with_a_template_of_their_own_are_left_to_it():
    class Boxes(forms.Select):
        option_template_name = "django/forms/widgets/checkbox_option.html"

    widget = Boxes(choices=[("1", "one")])
    assert widget.render("choice", "1", renderer=OURS) == widget.render("choice", "1", renderer=DJANGO)


@settings(max_examples=examples(25), deadline=None)
@given(WORDS, ATTRS | st.none(), st.booleans(), st.sampled_from(["label", "legend"]))
@example(HOSTILE, {"class": "required", "for": "id_x"}, True, "label")
@example(" in the middle ", None, False, "label")
def test_every_label(label, attrs, use_tag, tag):
    ours, django = as_both(
        "django/forms/label.html", {"label": label, "attrs": attrs, "use_tag": use_tag, "tag": tag, "field": None}
    )
    assert ours == django


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(WORDS, max_size=3), st.none() | st.just("nonfield"), st.none() | st.just("id_x"))
@example([], None, None)
@example([HOSTILE], "nonfield", HOSTILE)
def test_every_list_of_errors(errors, kind, field_id):
    ours, django = (str(ErrorList(errors, kind, one, field_id)) for one in (OURS, DJANGO))
    assert ours == django


class Everything(forms.Form):
    """One field for each thing we write."""

    title = forms.CharField(required=True, max_length=20, help_text="What it is called")
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    number = forms.IntegerField(min_value=1)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    seen = forms.BooleanField()
    kind = forms.ChoiceField(choices=[("a", "One"), ("more", [("b", "Two")])])
    secret = forms.CharField(widget=forms.HiddenInput)
    one_of = forms.ChoiceField(choices=[("a", "One")], widget=forms.RadioSelect)
    password = forms.CharField(widget=forms.PasswordInput)


SENT = {"title": HOSTILE, "text": "\nhei", "number": "x", "kind": "b", "seen": "on"}


@pytest.mark.parametrize("data", [None, {}, SENT])
def test_a_whole_form(data):
    ours, django = (str(Everything(data, renderer=one)) for one in (OURS, DJANGO))
    assert ours == django


def test_every_template_named_is_one_of_django_s():
    for name in WRITERS:
        assert DJANGO.get_template(name)
