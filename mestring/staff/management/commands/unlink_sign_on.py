"""`manage.py unlink_sign_on NAME`: for the last administrator, whose account at the provider is lost."""

from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from mestring.staff.management.one_colleague import CommandAboutColleague
from mestring.staff.sign_on.links import unlink


class Command(CommandAboutColleague):
    """Take a colleague's connection with the provider away. The password counts again; the access log says so."""

    help = "Take a colleague's connection with the provider of single sign-on away."

    def do(self, person: User) -> str:
        if not unlink(person):
            raise CommandError(_("This colleague is not connected with a provider."))
        return _("%(name)s logs in with the password again.")
