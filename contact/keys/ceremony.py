"""How far the ceremony has come: from a server that opens everything to colleagues who each hold a key."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contact.keys import colleagues, key_holders, recovery
from contact.keys.generations import ENOUGH, staff_grants
from contact.keys.keyring import is_newest_taken_away, newest_or_none
from contact.models import Grant, InboxKey, StaffKey
from contact.permissions import display_name, inbox_readers
from mestring.typed_text.norwegian_order import norwegian_key

STEPS = ("paper", "passphrases", "let_in", "server")


class KeyState(TextChoices):
    """How far a colleague has come."""

    NO_PASSPHRASE = "no_passphrase", _("Without a passphrase")
    WAITING = "waiting", _("Waits to be let in")
    INSIDE = "inside", _("Can open the inbox")
    TO_BE_REMOVED = "to_be_removed", _("Has a key, and may no longer read. Remove it.")


@dataclass(frozen=True)
class Colleague:
    """A person who may read inquiries, or holds a key to them."""

    user: User
    staff_key: StaffKey | None
    is_let_in: bool
    may_read: bool  # can log in, and has the right

    @property
    def name(self) -> str:
        """The name by which colleagues know the person."""
        return display_name(self.user)

    @property
    def state(self) -> KeyState:
        """What is to be done for this person next, if anything."""
        if self.staff_key is None:
            return KeyState.NO_PASSPHRASE
        if not self.may_read:
            return KeyState.TO_BE_REMOVED
        return KeyState.INSIDE if self.is_let_in else KeyState.WAITING

    @property
    def code_field(self) -> str:
        """The name of the field in which a keyholder types the code that the colleague reads out."""
        return f"code-{self.user.pk}"


@dataclass(frozen=True)
class Holder:
    """A colleague, the paper or the server, and whether it opens the inbox now and after the next step."""

    name: str | Promise
    now: bool
    after: bool
    colleague: Colleague | None = None


class Ceremony:
    """What is done, and which step comes next. Asks the database at most once for each."""

    @cached_property
    def people(self) -> list[Colleague]:
        """Every person who may read or holds a key, by name."""
        readers = {user.pk: user for user in inbox_readers()}
        keys = {key.user_id: key for key in StaffKey.objects.select_related("user")}
        inside = set(
            Grant.objects.filter(key=newest_or_none(), staff_key__isnull=False).values_list("staff_key", flat=True)
        )
        people = readers | {key.user_id: key.user for key in keys.values()}
        found = [
            Colleague(user, key := keys.get(pk), key is not None and key.pk in inside, pk in readers)
            for pk, user in people.items()
        ]
        return sorted(found, key=lambda colleague: norwegian_key(colleague.name))

    @property
    def inside(self) -> list[Colleague]:
        """The colleagues who can open what comes in today."""
        return self._people_in(KeyState.INSIDE)

    @property
    def to_be_removed(self) -> list[Colleague]:
        """The people who hold a key and may no longer read."""
        return self._people_in(KeyState.TO_BE_REMOVED)

    @property
    def waiting(self) -> list[Colleague]:
        """The colleagues who have chosen a passphrase and are to be let in."""
        return self._people_in(KeyState.WAITING)

    @property
    def without_passphrase(self) -> list[Colleague]:
        """The colleagues who have not chosen a passphrase."""
        return self._people_in(KeyState.NO_PASSPHRASE)

    @cached_property
    def paper_left_to_do(self) -> str:
        """What is left to do with the paper: "prove", "delete" or nothing."""
        return recovery.paper_left_to_do()

    @cached_property
    def server_holds(self) -> bool:
        """Whether the inbox is sealed to the server, and so waits for the step that ends this."""
        return key_holders.server_holds_a_grant()

    @cached_property
    def server_opens(self) -> bool:
        """Whether the server can open the inbox: with a broken key file it cannot."""
        return key_holders.server_can_open()

    @cached_property
    def server_file(self) -> bool:
        """Whether the server's key file is still there."""
        return key_holders.server_key_file().exists()

    @cached_property
    def generation_due(self) -> bool:
        """Whether a colleague was removed who has held the key in use."""
        return InboxKey.objects.exists() and colleagues.is_generation_due()

    @cached_property
    def newest_gone(self) -> bool:
        """Whether the newest key was taken out of the database."""
        return is_newest_taken_away()

    @property
    def enough(self) -> bool:
        """Whether the inbox would still be read when one colleague is ill."""
        return len(self.inside) >= ENOUGH

    @property
    def only_the_paper(self) -> bool:
        """Whether no colleague could let in another one."""
        return not self.inside

    @property
    def may_remove_server(self) -> bool:
        """Whether the server's key can go: the paper is proven, and two are in, or one and none waits."""
        return self.paper_left_to_do != "prove" and (self.enough or (bool(self.inside) and not self.waiting))

    @property
    def may_let_in(self) -> bool:
        """Whether a colleague waits, and another or a proven paper can let them in."""
        return bool(self.waiting) and (bool(self.inside) or self.paper_left_to_do != "prove")

    @property
    def is_short_of_colleagues(self) -> bool:
        """Whether too few colleagues can open the inbox, now that the server cannot."""
        return not self.server_opens and not self.enough

    @property
    def done(self) -> set[str]:
        """The steps that are done."""
        is_done = {
            "paper": not self.paper_left_to_do,
            "passphrases": len(self.inside) + len(self.waiting) >= ENOUGH,
            "let_in": bool(self.inside) and not self.waiting,
            "server": not self.server_holds and not self.server_file,
        }
        return {step for step in STEPS if is_done[step]}

    @property
    def next(self) -> str:
        """The step to do now; nothing when all is done."""
        return next((step for step in STEPS if step not in self.done), "")

    @property
    def picture(self) -> list["Holder"]:
        """Who can open the inbox now, and who can when the next step is taken."""
        step = self.next
        people = [
            Holder(
                one.name, one.is_let_in, one.is_let_in or (step == "let_in" and one.state == KeyState.WAITING), one
            )
            for one in self.people
        ]
        paper = Holder(_("The paper"), self.paper_left_to_do != "prove", True)
        server = Holder(_("The server"), self.server_opens, self.server_opens and step != "server")
        return [*people, paper, server]

    def _people_in(self, state: KeyState) -> list[Colleague]:
        return [colleague for colleague in self.people if colleague.state == state]


def few_can_open() -> int | None:
    """Return how many colleagues hold a key when they are too few; None when they are enough, or without a key."""
    if not InboxKey.objects.exists():
        return None
    number = staff_grants().count()
    return number if number < ENOUGH else None
