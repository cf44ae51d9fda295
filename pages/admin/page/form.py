"""The form of a page: fills empty addresses, refuses taken ones, and says when to publish."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.fields.date_fields import MomentField
from pages.admin.form_names import CHECK, PUBLISH, SCHEDULE
from pages.admin.saving.chosen_times import Times, chosen_times
from pages.admin.status.moments import format_moment
from pages.admin.status.status import NEVER_SAVED, status_of
from pages.editions.addresses import refuse_address
from pages.editions.saving import Publication
from pages.editions.scheduling import refuse_later_address, refuse_span
from pages.editions.waiting_edition import PUBLISH_WAITING, WaitingChoice, holds_waiting
from pages.languages import LANGUAGES
from pages.models import Page
from pages.richtext.slugs import slug_from

CHECKED = "checked"  # the code of the error that keeps a form from being saved when it is only checked


class PageForm(forms.ModelForm):
    """A page in every language, with a note on what was done."""

    offered: dict[str, Any] = {}  # the review that `reviewed_now` writes down, of a colleague who may
    reviewed_now = forms.BooleanField(label=gettext_lazy("I have read the whole page today"), required=False)

    edition_note = forms.CharField(
        label=gettext_lazy("What did you change? (not required)"), max_length=200, required=False, strip=True,
        help_text=gettext_lazy("Stands in the list of earlier editions. Only staff see it."),
    )  # fmt: skip

    publish_at = MomentField(label=gettext_lazy("Publish at"), required=False)
    take_down_at = MomentField(
        label=gettext_lazy("Take down at"), required=False, help_text=gettext_lazy("Empty: the page stays.")
    )
    waiting_choice = forms.ChoiceField(
        label=gettext_lazy("When you publish now, what becomes of the waiting edition?"),
        choices=WaitingChoice.choices, required=False, widget=forms.RadioSelect,
    )  # fmt: skip

    translations_hold = forms.BooleanField(
        label=gettext_lazy("Minor edit: the translations still hold"), required=False,
        help_text=gettext_lazy(
            "For a typing error or a comma in bokmål. Without the tick, nynorsk and English are marked for "
            "an editor to look through."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.offered:
            days = {name: date_format(self.offered[name], "j. F Y") for name in ("reviewed_on", "next_review_on")}
            self.fields["reviewed_now"].help_text = _(
                "The tick fills in: %(reviewed_by)s, %(reviewed_on)s, next time before %(next_review_on)s. "
                "What you type counts before it."
            ) % (self.offered | days)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reviewed_now"):
            cleaned |= {name: value for name, value in self.offered.items() if name not in self.changed_data}
        if CHECK in self.data:
            self.add_error(None, ValidationError(_("Checked. Nothing is saved yet."), code=CHECKED))
        if cleaned.get("kind", self.instance.kind) not in Page.ONLY_ONE:
            self._clean_addresses(cleaned)
        if SCHEDULE in self.data:
            self._clean_times(cleaned)
        if PUBLISH in self.data:
            self._refuse_other_times(cleaned)
            if self.instance.pk:
                self._require_waiting_choice(cleaned.get("waiting_choice"))
        return cleaned

    def chosen_times(self, cleaned: dict[str, Any]) -> Times:
        """Return the times in the form that are not planned already; only "Save and publish later" sets them."""
        return chosen_times(cleaned, status_of(self.instance) if self.instance.pk else NEVER_SAVED)

    def _refuse_other_times(self, cleaned: dict[str, Any]) -> None:
        """Refuse to publish at once what the editor has chosen a time for: it would be ignored."""
        for name, at in self.chosen_times(cleaned).items():
            text = _(
                "You have chosen %(when)s. Press “Save and publish later”, or empty the time if visitors "
                "shall see the page now."
            )
            self.add_error(name, text % {"when": format_moment(at)})

    def _clean_addresses(self, cleaned: dict[str, Any]) -> None:
        for language in LANGUAGES:
            name = f"slug_{language}"
            if name in self.errors:
                continue
            cleaned[name] = cleaned.get(name) or slug_from(cleaned.get(f"title_{language}") or "")
            if cleaned[name]:
                try:
                    refuse_address(self.instance, language, cleaned[name])
                except ValidationError as error:
                    self.add_error(name, error)

    def _clean_times(self, cleaned: dict[str, Any]) -> None:
        now = timezone.now()
        if cleaned.get("publish_at") is None:
            if "publish_at" not in self.errors:
                self.add_error("publish_at", _("Choose the day and time when visitors shall see it."))
            return
        try:
            refuse_span(cleaned["publish_at"], cleaned.get("take_down_at"), now=now)
        except ValidationError as error:
            self._add_errors({"at": "publish_at", "until": "take_down_at"}, error)
        if self.instance.pk is None:
            return
        try:
            slugs = {language: cleaned.get(f"slug_{language}") or "" for language in LANGUAGES}
            refuse_later_address(self.instance, slugs, now=now)
        except ValidationError as error:
            self._add_errors({language: f"slug_{language}" for language in LANGUAGES}, error)

    def _add_errors(self, fields: dict[str, str], error: ValidationError) -> None:
        """Add the errors of a rule to the fields that its names stand for."""
        self.add_error(None, ValidationError({fields[name]: texts for name, texts in error.message_dict.items()}))

    def offer_publishing_what_waits(self) -> None:
        """Offer no other answer, as the form holds the waiting edition."""
        if "waiting_choice" in self.fields:  # a reader's form has none
            self.fields["waiting_choice"].choices = [PUBLISH_WAITING]  # type: ignore[attr-defined]  # a ChoiceField

    def _require_waiting_choice(self, choice: str | None) -> None:
        if choice == WaitingChoice.CANCEL:
            return
        waiting = self.instance.editions.waiting(at=timezone.now()).first()
        if waiting and holds_waiting(waiting):
            self.add_error("waiting_choice", _("The form holds the words that wait. Shall visitors see them now?"))
        elif waiting and not choice:
            self.add_error("waiting_choice", _("Choose what becomes of the edition that waits to be published."))

    def times_not_set(self) -> Times:
        """Return the times that a saved draft leaves in the form."""
        return {} if {PUBLISH, SCHEDULE} & set(self.data) else self.chosen_times(self.cleaned_data)

    def publication(self) -> Publication | None:
        """Return when the pressed button asks to publish; None for a draft."""
        if PUBLISH in self.data:
            return Publication(waiting_choice=self.cleaned_data.get("waiting_choice") or "")
        if SCHEDULE in self.data:
            return Publication(self.cleaned_data["publish_at"], self.cleaned_data.get("take_down_at"))
        return None


class ConflictingPageForm(PageForm):
    """The form of a save that met a conflict: shown again as it was typed, and never saved."""

    def clean(self) -> dict[str, Any]:
        self.add_error(None, _("Not saved yet. Above stands what was saved in the meantime."))
        return super().clean()
