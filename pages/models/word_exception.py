"""WordException: a reason why a word of the word list is right on a page."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WordException(models.Model):
    """An editor's reason why a word is right here. A reason taken back stays as a row that says by whom and when.

    `word` is the word as the list has it, so that the reason holds for its endings too.
    """

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="word_exceptions", verbose_name=_("page"))
    language = models.CharField(_("language"), max_length=5)
    word = models.CharField(_("word"), max_length=80)
    reason = models.CharField(_("Why is the word right here?"), max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("taken back by")
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("reason for a word")
        verbose_name_plural = _("reasons for words")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "word"], condition=models.Q(revoked_at=None),
                name="one_reason_for_a_word",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"
