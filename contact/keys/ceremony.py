"""How far the ceremony has come: from a server that opens everything to colleagues who each hold a key."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User

from contact.keys import colleagues, key_holders, recovery
from contact.keys.generations import staff_grants
from contact.models import Grant, InboxKey, StaffKey
from contact.permissions import inbox_readers

ENOUGH = 2  # one person alone is ill some day
STEPS = ("paper", "passphrases", "let_in", "server", "file")


@dataclass(frozen=True)
class Colleague:
    """Somebody who may read inquiries, or holds a key to them."""

    user: User
    staff_key: StaffKey | None
    is_in: bool
    may_enter: bool  # can log in, and has the right to read

    @property
    def name(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    @property
    def code(self) -> str:
        """What is compared aloud before somebody is let in."""
        return colleagues.check_code(self.staff_key) if self.staff_key else ""

    @property
    def fingerprint(self) -> str:
        """What the form carries, so that no other key is let in than the one whose code was compared."""
        return colleagues.fingerprint(self.staff_key) if self.staff_key else ""


class Ceremony:
    """What is done, and which step comes next. Asks the database at most once for each."""

    @cached_property
    def people(self) -> list[Colleague]:
        """Return everybody who may read, and whoever else holds a key, by name."""
        may = {user.pk: user for user in inbox_readers()}
        held = {key.user_id: key for key in StaffKey.objects.select_related("user")}
        newest = InboxKey.objects.order_by("-generation").first()
        inside = set(Grant.objects.filter(key=newest, staff_key__isnull=False).values_list("staff_key", flat=True))
        everybody = may | {key.user_id: key.user for key in held.values()}
        found = [
            Colleague(user, key := held.get(pk), key is not None and key.pk in inside, pk in may)
            for pk, user in everybody.items()
        ]
        return sorted(found, key=lambda one: one.name.casefold())

    @property
    def inside(self) -> list[Colleague]:
        """Return those who can open what comes in today."""
        return [one for one in self.people if one.is_in and one.may_enter]

    @property
    def to_be_removed(self) -> list[Colleague]:
        """Return those who hold a key and may no longer read."""
        return [one for one in self.people if one.staff_key and not one.may_enter]

    @property
    def waiting(self) -> list[Colleague]:
        """Return those who have chosen a passphrase and are to be let in."""
        return [one for one in self.people if one.staff_key and not one.is_in and one.may_enter]

    @property
    def without(self) -> list[Colleague]:
        """Return those who may read and have not chosen a passphrase."""
        return [one for one in self.people if not one.staff_key]

    @cached_property
    def paper_left_to_do(self) -> str:
        """Return "prove", "delete" or nothing."""
        return recovery.paper_left_to_do()

    @cached_property
    def server_holds(self) -> bool:
        """Say whether the server can open the inbox."""
        return key_holders.server_holds_a_grant()

    @cached_property
    def server_file(self) -> bool:
        """Say whether the server's key file is still there."""
        return key_holders.server_key_file().exists()

    @cached_property
    def generation_due(self) -> bool:
        """Say whether somebody who was removed has held the key in use."""
        return InboxKey.objects.exists() and colleagues.is_generation_due()

    @property
    def enough(self) -> bool:
        """Say whether the inbox would still be read when one of them is ill."""
        return len(self.inside) >= ENOUGH

    @property
    def only_the_paper(self) -> bool:
        """Say whether no colleague could let in another one."""
        return not self.inside

    @property
    def done(self) -> set[str]:
        """Return the steps that are done."""
        met = {
            "paper": not self.paper_left_to_do,
            "passphrases": len(self.inside) + len(self.waiting) >= ENOUGH,
            "let_in": bool(self.inside) and not self.waiting,
            "server": not self.server_holds,
            "file": not self.server_holds and not self.server_file,
        }
        return {step for step, is_met in met.items() if is_met}

    @property
    def next(self) -> str:
        """Return the step to do now; nothing when all is done."""
        return next((step for step in STEPS if step not in self.done), "")


def few_can_open() -> int | None:
    """Return how many colleagues hold a key when they are too few; None when they are enough, or without a key."""
    if not InboxKey.objects.exists():
        return None
    number = staff_grants().count()
    return number if number < ENOUGH else None
