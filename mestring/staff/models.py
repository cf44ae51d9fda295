"""What the site knows about logins, beside accounts and sessions."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class UsedCode(models.Model):
    """A row of the cache of CACHES, which holds one-time codes that were used, for as long as they would count.

    Django's cache reads and writes the table itself. It is a model so that migrations make it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"until {self.expires}"


class SecondFactorReset(models.Model):
    """An administrator asks to reset the second step of a colleague's login; another colleague confirms it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person_id}"


class SignOnLink(models.Model):
    """Which account of a provider is a colleague's: its issuer and subject, never a name or an address."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_colleague_for_each_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class AccountMail(models.Model):
    """A mail to a colleague about their own account that has not gone yet. Its words are fixed.

    A person who asks for a new password with an address that no account has leaves a row too, without the address:
    so both take as long.
    """

    class Kind(models.TextChoices):
        """What happened to the account. mestring.staff.accounts.mails has the words of each."""

        INVITED = "invited"
        RESET = "reset"
        NEW_BROWSER = "new_browser"
        PASSWORD = "password"  # noqa: S105 (a name)
        ROLES = "roles"
        NAME = "name"
        EMAIL = "email"
        OPENED = "opened"
        CLOSED = "closed"
        SECOND_STEP = "second_step"
        SIGN_ON = "sign_on"

    kind = models.CharField(max_length=20, choices=Kind)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Incident(models.Model):
    """That something has happened, with an account or without one, until a colleague ends it.

    The account is a number, not a key: it may be deleted. What was done stands in the access log.
    """

    account = models.BigIntegerField()  # NO_ACCOUNT: it is about none
    username = models.CharField(max_length=150, blank=True)
    is_own = models.BooleanField()  # begun by the account's own colleague, who may see it then
    since = models.DateTimeField()
    aware_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.CharField(max_length=150)

    NO_ACCOUNT = 0

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["account", "is_own"], name="one_incident_for_each_account")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Fault(models.Model):
    """A kind of fault that the site met, and that its operator is told of: no word of the request, no message."""

    kind = models.CharField(max_length=300, unique=True)  # the error's class and its place in our code
    at = models.DateTimeField()  # the first time in the last minutes
    number = models.CharField(max_length=9)  # of the request, as the page showed it
    release = models.CharField(max_length=60)
    told_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField()  # when the next mail about faults may go

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.kind
