"""The ceremony's verbs of `manage.py inbox`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from contact.keys import chain, colleagues, generations, key_holders, recovery, staff_keys
from contact.keys.ceremony import Ceremony, KeyState
from contact.keys.generations import ENOUGH
from contact.keys.inbox_openers import is_last_opener
from contact.keys.keyring import Opener, fingerprint, is_pinned
from contact.management.terminal import read_code, read_paper, read_passphrase, read_passphrase_twice
from contact.models import InboxKey, StaffKey
from contact.permissions import may_read_inbox
from contact.unlocking import unlocking


class CeremonyCommand(BaseCommand):
    """The ceremony from a terminal. No colleague is unlocked there, so the recovery paper's lines are typed."""

    def add_ceremony_verbs(self, verbs: Any) -> None:
        """Enrol, grant, revoke, and what concerns the server and the generations."""
        enrolling = verbs.add_parser("enrol", help="A colleague chooses an inbox passphrase, typed twice.")
        letting_in = verbs.add_parser("grant", help="Let in a colleague, with the recovery paper typed in.")
        removing = verbs.add_parser("revoke", help="Remove a colleague, with the recovery paper typed in.")
        for verb in (enrolling, letting_in, removing):
            verb.add_argument("username")
        verbs.add_parser("new-generation", help="Make a new inbox key, with the recovery paper typed in.")
        linking = verbs.add_parser("link", help="Link an inbox key from before there were links, once compared.")
        linking.add_argument("generation", type=int)
        printing = verbs.add_parser("new-paper", help="Make a new recovery paper in a file, to be printed.")
        printing.add_argument("file", type=Path)
        replacing = verbs.add_parser("replace-paper", help="Type the new paper; the old one is out from then on.")
        for verb in (printing, replacing):
            verb.add_argument("--colleague", default="", help="Who types their inbox passphrase first.")
        verbs.add_parser("remove-server-grant", help="Take the inbox from the server, with the paper typed in.")
        verbs.add_parser("delete-server-key", help="Delete the server's key file once it opens nothing any more.")
        verbs.add_parser("status", help="Say who can open the inbox.")

    def enrol_inbox(self, username: str, **_options: Any) -> None:
        """Enrol the colleague, who types the passphrase at this terminal."""
        user = _user(username)
        _refuse_unless_reader(user)
        first, second = read_passphrase_twice()
        if first != second:
            raise CommandError(_("The two passphrases are not the same. Type the same one twice."))
        staff_key = colleagues.enrol(user, first, _typed_paper() if is_last_opener(user) else None)
        code = staff_keys.check_code(bytes(staff_key.public_key))
        self.stdout.write(_("Chosen. Code to read out: %(code)s") % {"code": code})

    def grant_inbox(self, username: str, **_options: Any) -> None:
        """Let in one colleague."""
        staff_key = _key_of(username)
        _refuse_unless_reader(staff_key.user)
        if not staff_keys.is_check_code(read_code(), staff_key):
            raise CommandError(
                _("This is not the code of %(name)s. No colleague was let in.") % {"name": username}
            )
        colleagues.let_in([staff_key], _typed_paper())
        self.stdout.write(_("%(name)s can open the inbox now.") % {"name": username})

    def revoke_inbox(self, username: str, **_options: Any) -> None:
        """Remove one colleague and make a new generation."""
        colleagues.remove(_key_of(username), opener=_typed_paper())
        self.stdout.write(_("%(name)s can no longer open the inbox.") % {"name": username})

    def new_generation_inbox(self, **_options: Any) -> None:
        """Start a new generation for everybody who holds the newest."""
        generations.new_generation(_typed_paper())
        self.stdout.write(_("The inbox has a new key. Everybody who could open it still can."))

    def link_inbox(self, generation: int, **_options: Any) -> None:
        """Link one generation, whose fingerprint the operator has compared, to the one before."""
        key = chain.link(generation, _typed_paper())
        self.stdout.write(
            _("Linked to the key before: %(key)s") % {"key": f"{key.generation}  {fingerprint(key)}"}
        )

    def new_paper_inbox(self, file: Path, colleague: str, **_options: Any) -> None:
        """Write a new paper to a file that only its owner can read.

        The file is made first, and file and paper come both or not at all: a paper that waits to be proven stops
        counting as soon as another one is made.
        """
        opener = _opener_of(colleague)
        try:
            with _new_file(file) as new, transaction.atomic():
                new.write(recovery.print_new_paper(opener, _named(colleague)))
                new.flush()
        except FileExistsError:
            raise CommandError(_("There is a file of this name already.")) from None
        except OSError:
            raise CommandError(_("The file %(file)s cannot be made.") % {"file": file}) from None
        self.stdout.write(
            _("The new paper lies in %(file)s. The old one counts until it is proven.") % {"file": file}
        )
        self.stdout.write(_("Print it, then: manage.py inbox replace-paper. Then delete the file."))

    def replace_paper_inbox(self, colleague: str, **_options: Any) -> None:
        """Take the new paper's lines."""
        opener = _opener_of(colleague)
        recovery.replace_paper(read_paper(), opener, _named(colleague))
        self.stdout.write(_("The new recovery paper is proven. The old one opens nothing here any more."))

    def remove_server_grant_inbox(self, **_options: Any) -> None:
        """Take away the server's grants; its file is deleted by a step of its own."""
        generations.remove_server(_typed_paper())
        self.stdout.write(_("The server can no longer open the inbox."))
        self.stdout.write(_("Delete its key file, here and in backups: manage.py inbox delete-server-key"))

    def delete_server_key_inbox(self, **_options: Any) -> None:
        """Delete the file."""
        key_holders.delete_server_key()
        self.stdout.write(_("The server's key file is deleted."))

    def status_inbox(self, **_options: Any) -> None:
        """List generations and people. Nothing of this is secret."""
        for key in InboxKey.objects.order_by("generation"):
            pinned = _("pinned") if is_pinned(key) else _("NOT PINNED")
            self.stdout.write(f"{key.generation}  {fingerprint(key)}  {pinned}")
        ceremony = Ceremony()
        for colleague in ceremony.people:
            self.stdout.write(f"{colleague.user.get_username()}: {_describe(colleague.state)}")
        if ceremony.server_opens:
            self.stdout.write(_("The server can open the inbox."))
        elif ceremony.server_holds:
            self.stdout.write(
                _("The server cannot open the inbox: server_grant.key is missing, cut short or of another key.")
            )
        if len(ceremony.inside) < ENOUGH:
            self.stderr.write(_("Fewer than two colleagues can open the inbox."))


@contextmanager
def _new_file(file: Path) -> Iterator[TextIO]:
    """Give a new file that only its owner can read, and delete it when the block fails."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as new:
            yield new
    except BaseException:
        file.unlink()
        raise


def _describe(state: KeyState) -> str:
    words = {
        KeyState.INSIDE: _("can open"),
        KeyState.WAITING: _("waits to be let in"),
        KeyState.NO_PASSPHRASE: _("no passphrase"),
    }
    return words.get(state, str(state.label))


def _typed_paper() -> Opener:
    """Return the paper that is typed now as opener."""
    return recovery.paper_opener(read_paper())


def _opener_of(username: str) -> Opener:
    """Return the opener of a colleague, who types the passphrase here; without a name, the server's."""
    if not username:
        return key_holders.open_with_server_grant
    return staff_keys.opener_of(*unlocking.check_passphrase(_user(username), read_passphrase()))


def _named(username: str) -> User | None:
    return _user(username) if username else None


def _user(username: str) -> User:
    try:
        return User.objects.get_by_natural_key(User.normalize_username(username))
    except User.DoesNotExist:
        raise CommandError(_("No colleague has this user name.")) from None


def _refuse_unless_reader(user: User) -> None:
    if not may_read_inbox(user):
        name = {"name": user.get_username()}
        raise CommandError(_("%(name)s may not read inquiries. Give them the role first.") % name)


def _key_of(username: str) -> StaffKey:
    staff_key = StaffKey.objects.filter(user=_user(username)).select_related("user").first()
    if staff_key is None:
        raise CommandError(_("%(name)s has not chosen an inbox passphrase.") % {"name": username})
    return staff_key
