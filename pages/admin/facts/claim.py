"""The admin of claims: an editor writes the sentence, and a person who may answer for it confirms it."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.admin.fields.date_fields import FORMFIELD_OVERRIDES
from pages.admin.fields.identity_numbers import NoIdentityNumbers
from pages.admin.fields.languages import LabelledByLanguage
from pages.models import Claim

KEEP, CONFIRM, WITHDRAW = "keep", "confirm", "withdraw"
# A change of these fields changes nothing that was confirmed.
HARMLESS = {"name", "position", "confirmation"}


class ClaimForm(forms.ModelForm):
    """A claim, and whether the person who saves it confirms it."""

    confirmation = forms.ChoiceField(
        label=_("Is it true today?"),
        choices=[
            (KEEP, _("I leave that as it is")),
            (CONFIRM, _("Yes, I have made sure of it and answer for it: show it to visitors")),
            (WITHDRAW, _("No, or I do not know: show it to nobody")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
        help_text=_("Changing the sentence, the source or the last day takes the confirmation away."),
        required=False,
    )

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
    readonly_fields = ["confirmed_on", "confirmed_by"]

    @admin.display(description=_("state"))
    def visibility(self, claim: Claim) -> str:
        """Say whether visitors see it, and why not."""
        return str(claim.state(on=timezone.localdate()).label)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        confirmation = ["confirmation"] if request.user.has_perm("pages.confirm_claim") else []
        return self._patch_fieldsets([
            (None, {"fields": ["name", "text", "source", "source_url", "valid_until", "position"]}),
            (_("Confirmation"), {"fields": [*confirmation, "confirmed_on", "confirmed_by"]}),
        ])  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        """Confirm the claim, or withdraw it: as asked, or because it no longer says what was confirmed."""
        may_confirm = request.user.has_perm("pages.confirm_claim")
        answer = form.cleaned_data.get("confirmation") if may_confirm else KEEP
        if answer == CONFIRM:
            obj.confirm(by=cast(User, request.user), on=timezone.localdate())
        elif obj.confirmed_on and (answer == WITHDRAW or set(form.changed_data) - HARMLESS):
            obj.withdraw()
            messages.warning(request, _("The claim is no longer confirmed, so visitors do not see it."))
        super().save_model(request, obj, form, change)
