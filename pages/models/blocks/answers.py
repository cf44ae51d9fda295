"""Questions with answers, myths with facts, terms with explanations. Half of a pair is never shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.blocks.base import Block, together
from pages.richtext.field import RichTextField


class FaqBlock(Block):
    """A question with its answer, in every language or in neither. Neighbours are shown as one group."""

    snapshot_name = "faq"
    needs = ("question", "answer")
    pairs = together("question", "answer", _("A question and its answer belong together."))
    question = models.CharField(
        _("question"), max_length=200, blank=True, help_text=_("As the reader would ask it, with a question mark.")
    )
    answer = RichTextField(
        _("answer"), blank=True,
        help_text=_("Folded until the reader opens it. Never put here what a reader must see in an emergency."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")

    def __str__(self) -> str:
        return self.question or str(_("question and answer"))


class MythFactBlock(Block):
    """A common misunderstanding and what is true. A myth never stands alone: readers would remember it."""

    snapshot_name = "myth_fact"
    needs = ("myth", "fact")
    pairs = together("myth", "fact", _("A myth and its fact belong together."))
    myth = models.CharField(
        _("myth"), max_length=200, blank=True,
        help_text=_("One short sentence, in words that hurt no reader who lives with the illness."),
    )  # fmt: skip
    fact = RichTextField(
        _("fact"), blank=True,
        help_text=_("Begin with what is true, and do not repeat the myth. Say where it is known from."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("myth and fact")
        verbose_name_plural = _("myths and facts")

    def __str__(self) -> str:
        return self.myth or str(_("myth and fact"))


class TermBlock(Block):
    """A term with its explanation. Neighbours are shown as one list; each has an anchor of its own."""

    snapshot_name = "term"
    needs = ("term", "explanation")
    pairs = together("term", "explanation", _("A word and its explanation belong together."))
    term = models.CharField(
        _("word"), max_length=80, blank=True, help_text=_("As the reader meets it, for example TSB.")
    )
    explanation = RichTextField(
        _("what it means"), blank=True, help_text=_("Two or three sentences a fourteen-year-old understands.")
    )

    class Meta:
        verbose_name = _("word with explanation")
        verbose_name_plural = _("words with explanations")

    def __str__(self) -> str:
        return self.term or str(_("word with explanation"))
