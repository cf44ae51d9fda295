"""The forms in which an administrator makes and changes a colleague's account."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mestring.roles import ACCOUNTS, CLINICAL_REVIEWERS, EDITORS, INQUIRY_STAFF, KEYHOLDERS
from mestring.staff.accounts.rules import objections

WHAT_FOR: dict[str, str | Promise] = {
    INQUIRY_STAFF: gettext_lazy("reads and answers what people write to us"),
    KEYHOLDERS: gettext_lazy("lets colleagues into the inbox, and needs the role Innboks too"),
    EDITORS: gettext_lazy("writes, changes and publishes pages"),
    ACCOUNTS: gettext_lazy(
        "makes accounts, gives roles, keeps the clinic's facts and the launch list; reads no inquiry"
    ),
    CLINICAL_REVIEWERS: gettext_lazy("answers for what pages say about health, and needs the role Redaktører too"),
}


class PasswordLengthValidator(MinimumLengthValidator):
    """Django's rule, with its message in the language of the colleague who chooses the password."""

    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short. It must have at least %(count)d sign.",
            "This password is too short. It must have at least %(count)d signs.",
            self.min_length,
        ) % {"count": self.min_length}


class RoleField(forms.ModelMultipleChoiceField):
    """A box to tick for each role, with what the role is for."""

    def label_from_instance(self, group: Any) -> str:
        what_for = WHAT_FOR.get(group.name)
        return f"{group.name} – {what_for}" if what_for else group.name


class ColleagueForm(forms.ModelForm):
    """A colleague who may log in. Rights come with roles, never one by one."""

    by: User | None = None  # who fills it in
    groups = RoleField(
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Roles"),
        help_text=gettext_lazy("Without a role a colleague can log in and do nothing."),
    )

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "groups", "is_superuser", "is_active"]
        field_classes = {"username": UsernameField}
        labels = {
            "username": gettext_lazy("Name to log in with"),
            "email": gettext_lazy("E-mail address"),
            "is_superuser": gettext_lazy("Administrator"),
            "is_active": gettext_lazy("May log in"),
        }
        help_texts = {
            "username": gettext_lazy("One word in small letters. It stands in the access log."),
            "email": gettext_lazy("For mail about the account, and the link when the password is forgotten."),
            "is_superuser": gettext_lazy(
                "May do everything but read inquiries. Untick it when a role is enough: here it is not given back."
            ),
            "is_active": gettext_lazy(
                "Untick this when a colleague leaves: links to drafts stop, what was done stays in the access log."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for an address, but let an account from before addresses be closed without one."""
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].required = not self.instance.pk or bool(self.instance.email)

    def clean_email(self) -> str:
        """Refuse the address of another colleague: its mail and its links would reach two."""
        address: str = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.instance.pk).exclude(email="").values_list("email", flat=True)
        if address and address.casefold() in {other.casefold() for other in others}:
            raise ValidationError(_("Another account has this e-mail address."))
        return address

    def clean(self) -> dict[str, Any] | None:
        """Refuse what would make someone their own reader, or leave inbox or site without its last one."""
        cleaned = super().clean()
        if not self.errors:
            roles, active = self.cleaned_data.get("groups", []), self.cleaned_data.get("is_active", True)
            is_superuser = self.cleaned_data.get("is_superuser", self.instance.is_superuser)
            for words in objections(self.instance, self.by, roles, active, is_superuser):
                self.add_error("groups", words)
        return cleaned

    def clean_username(self) -> str:
        """Refuse a name that differs from a colleague's in capitals alone: both stand in the access log.

        Compared here, as a database may know no capitals but A to Z.
        """
        username: str = self.cleaned_data["username"]
        others = User.objects.exclude(pk=self.instance.pk).values_list("username", flat=True)
        if username.casefold() in {other.casefold() for other in others}:
            raise ValidationError(self.instance.unique_error_message(User, ["username"]))
        return username

    def save(self, commit: bool = True) -> User:
        """Let the colleague log in to the admin: no visitor has an account."""
        self.instance.is_staff = True
        return super().save(commit)


class NewColleagueForm(ColleagueForm):
    """A new colleague, who chooses the password by the link of an invitation."""

    class Meta(ColleagueForm.Meta):
        fields = ["username", "first_name", "last_name", "email", "groups"]

    def save(self, commit: bool = True) -> User:
        """Make the account without a password."""
        self.instance.set_unusable_password()
        return super().save(commit)
