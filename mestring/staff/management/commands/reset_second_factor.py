"""`manage.py reset_second_factor NAME`: for the last administrator, whose phone and recovery codes are lost."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from mestring.staff.management.one_colleague import CommandAboutColleague
from mestring.staff.second_factor.codes import reset_second_factor


class Command(CommandAboutColleague):
    """Take the second step of a login away. The access log says so; the next login sets it up anew."""

    help = "Take the second step of a colleague's login away: phone and recovery codes are lost."

    def do(self, person: User) -> str:
        reset_second_factor(person)
        return _("%(name)s sets the second step up anew with the next login.")
