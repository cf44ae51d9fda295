"""The admin of claims: an editor writes the sentence, and a person who may answer for it confirms it."""

from copy import deepcopy
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from pages.admin.facts.over import warn_when_over
from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.admin.fields.date_fields import FORMFIELD_OVERRIDES
from pages.admin.fields.identity_numbers import NoIdentityNumbers
from pages.admin.fields.languages import LabelledByLanguage
from pages.languages import LANGUAGES, in_language
from pages.models import Claim

KEEP, CONFIRM, WITHDRAW = "keep", "confirm", "withdraw"


class ClaimForm(forms.ModelForm):
    """A claim, and whether the person who saves it confirms it."""

    confirmation = forms.ChoiceField(
        label=_("Is it true today?"),
        choices=[
            (KEEP, _("I leave that as it is")),
            (CONFIRM, _("Yes, I have made sure of it and answer for it: show it to visitors")),
            (WITHDRAW, _("No, or I do not know: take it down at once")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
        help_text=_("Visitors see what was confirmed until a change of it is confirmed, or its last day is over."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= self.instance.waiting_values()

    def clean(self) -> dict[str, Any]:
        """Refuse to confirm a claim without a sentence or a source."""
        cleaned = super().clean() or {}
        if cleaned.get("confirmation") == CONFIRM:
            self._apply(cleaned)
            if lacking := self.instance.what_lacks():
                raise ValidationError({"confirmation": lacking})
        return cleaned

    def _apply(self, cleaned: dict[str, Any]) -> None:
        """Put the typed values on the row before it is saved, as what_lacks() reads them there."""
        for name in cleaned.keys() & {field.name for field in Claim._meta.fields}:
            setattr(self.instance, name, cleaned[name])


@admin.register(Claim)
class ClaimAdmin(OnlyListFilters, NoIdentityNumbers, LabelledByLanguage, TranslationAdmin):
    """Visitors see a claim while it is confirmed and has not run out."""

    formfield_overrides = FORMFIELD_OVERRIDES
    form = ClaimForm
    list_display = ["name", "visibility", "valid_until", "confirmed_on", "confirmed_by"]
    list_select_related = ["confirmed_by"]
    actions = None
    readonly_fields = ["confirmed_on", "confirmed_by", "shown_now"]

    @admin.display(description=_("what visitors see until then"))
    def shown_now(self, claim: Claim) -> str:
        """Return the confirmed sentence beside the change that waits."""
        texts = [in_language(claim, "text", language) for language in LANGUAGES]
        return " / ".join(text for text in texts if text)

    @admin.display(description=_("state"))
    def visibility(self, claim: Claim) -> str:
        """Say whether visitors see it, and why not."""
        return str(claim.state(on=timezone.localdate()).label)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ["shown_now"] if obj and obj.waiting else []
        return self._patch_fieldsets([
            (None, {"fields": ["name", "text", "source", "source_url", "valid_until", "position"]}),
            (_("Confirmation"), {"fields": [*shown, "confirmation", "confirmed_on", "confirmed_by"]}),
        ])  # fmt: skip

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Offer the answer "yes" to those who may confirm; any editor can take a claim down."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if not request.user.has_perm("pages.confirm_claim"):
            answers: Any = deepcopy(form.base_fields["confirmation"])
            answers.choices = [choice for choice in answers.choices if choice[0] != CONFIRM]
            form.base_fields["confirmation"] = answers
        return form

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        """Confirm the claim, take it down, or let a change of what was confirmed wait."""
        answer = form.cleaned_data.get("confirmation")
        if answer == CONFIRM:
            obj.confirm(by=cast(User, request.user), on=timezone.localdate())
        elif obj.confirmed_on and answer == WITHDRAW:
            obj.withdraw()
            messages.warning(request, _("The claim is no longer confirmed, so visitors do not see it."))
        elif obj.confirmed_on:
            obj.let_wait(Claim.objects.select_for_update().get(pk=obj.pk))
            if obj.waiting:
                messages.warning(request, _("Visitors see the confirmed sentence until your change is confirmed."))
        super().save_model(request, obj, form, change)
        warn_when_over(request, is_over=obj.state(on=timezone.localdate()) == Claim.State.EXPIRED)
