"""The seven events and what to do first, in order. A test asks whether each page and command exists."""

from django.utils.translation import gettext_lazy as _

from mestring.staff.incident.steps import (
    ERASED,
    GUIDE,
    INBOX,
    KEYS,
    LOG,
    NEW_KEY,
    NOTICE,
    PAGES,
    PAPER,
    PICTURES,
    REPLACE,
    USERS,
    Command,
    Event,
    Service,
    Step,
)

EVENTS = (
    Event(
        "stolen-computer",
        _("A stolen computer or phone"),
        (
            Step(_("Log the account out everywhere, and lock it, at the top of this page.")),
            Step(
                _(
                    "Ask the colleague what lay on it: saved tables, copies, pictures of the screen, a "
                    "passphrase that was written down."
                )
            ),
            Step(
                _(
                    "Was the inbox open on it, or may a stranger know the passphrase? Remove the colleague "
                    "from the inbox, and make a new key."
                ),
                (KEYS, NEW_KEY),
            ),
            Step(_("Have the machine locked or wiped from afar, and tell the police.")),
            Step(
                _(
                    "On a safe machine: open the account again, and send the colleague a link to choose "
                    "another password."
                ),
                (USERS,),
            ),
        ),
    ),
    Event(
        "stolen-paper",
        _("The recovery paper is stolen, or seen by others"),
        (
            Step(_("Replace the paper now. From then on the old one opens nothing here."), (PAPER,)),
            Step(
                _(
                    "The old paper still opens older copies of the database. Have the operator make a new "
                    "backup, and then delete all old ones, everywhere."
                ),
                (Command("backup FILE"),),
            ),
            Step(
                _(
                    "Can the person who has the paper also have a copy of the database? Then take it that "
                    "every inquiry in the copy is read."
                )
            ),
            Step(_("Look at who made and typed papers."), (LOG,)),
            Step(_("Lock the new paper away, in another building than the server.")),
        ),
    ),
    Event(
        "leaked-backup",
        _("A backup has leaked"),
        (
            Step(
                _(
                    "Find out which file it is, from which day, and whether the offline key, the key folder "
                    "or the paper can be with it. Without them, the content of inquiries stays sealed."
                )
            ),
            Step(
                _(
                    "Offline key with it: make a new pair, set BACKUP_KEY, make a new backup, and delete the "
                    "old ones."
                ),
                (Command("backup --new-key FILE"), Command("backup FILE")),
            ),
            Step(
                _(
                    "Then the copy shows who works here and when people wrote, and passwords can be tried on "
                    "it. Have all colleagues choose new login passwords."
                ),
                (USERS,),
            ),
            Step(
                _(
                    "Key folder or paper with it: take it that every inquiry in the copy is read. Make a new "
                    "key, replace the paper, and have all choose new inbox passphrases."
                ),
                (NEW_KEY, PAPER, KEYS),
            ),
            Step(
                _(
                    "The access log does not see what is done with a copy: no list of inquiries can show "
                    "what was read."
                )
            ),
        ),
    ),
    Event(
        "planted-key",
        _("An inbox key that was not made here"),
        (
            Step(_("Let no colleague into the inbox, and change no passphrase, before the last step is done.")),
            Step(
                _(
                    "Have the operator compare the fingerprints with those that were written down, and "
                    "verify the access log."
                ),
                (Command("inbox status"), Command("inbox audit --verify")),
            ),
            Step(
                _(
                    "An intruder could write to the database. Find the way in and close it; when it is not "
                    "found, do as when the server is taken over."
                )
            ),
            Step(
                _("Make a new key. It is sealed to those who had the last real one."),
                (NEW_KEY, Command("inbox new-generation")),
            ),
        ),
    ),
    Event(
        "server-taken-over",
        _("The server is taken over"),
        (
            Step(
                _(
                    "Have the operator take the machine off the network now, and leave it switched on for "
                    "those who look into it. People ring in the meantime."
                )
            ),
            Step(
                _(
                    "Unlock no inbox there, and type no password, passphrase or paper there any more. Tell "
                    "all colleagues by telephone."
                )
            ),
            Step(
                _(
                    "On another machine, with new secrets in the settings, restore a backup from before, and "
                    "look whether it is well and whether the access log fits its heads."
                ),
                (
                    Command("restore FILE --key FILE --signer FILE --erased FILE"),
                    Command("doctor"),
                    Command("inbox audit --verify"),
                ),
            ),
            Step(
                _(
                    "There: all choose new login passwords and set up the second step anew. Then new inbox "
                    "passphrases, a new key and a new paper."
                ),
                (USERS, KEYS, NEW_KEY, PAPER),
            ),
            Step(
                _(
                    "Take it that everything is read that was written or unlocked while the server was in "
                    "foreign hands."
                )
            ),
        ),
    ),
    Event(
        "mass-erasing",
        _("Many inquiries are erased, or about to be"),
        (
            Step(
                _(
                    "Stop what is about to be erased: the first page leads to it, and each inquiry has the "
                    "button. A day passes before it is gone."
                ),
                (INBOX,),
            ),
            Step(_("Log the account out everywhere, and lock it, at the top of this page.")),
            Step(
                _("Have the operator stop the delivery process and see what would go next."),
                (Service("mestringshusene-deliver"), Command("erase_expired --dry-run"), ERASED),
            ),
            Step(
                _(
                    "People may be waiting for an answer that is gone. Note the references, and ring those "
                    "you know."
                ),
                (LOG,),
            ),
            Step(
                _(
                    "A backup from before has them. Restore it on a machine apart from the site, and open "
                    "each with the paper. What senders erased themselves is to stay erased."
                ),
                (
                    Command("restore FILE --key FILE --signer FILE --nothing-erased"),
                    Command("inbox open REFERENCE --paper FILE"),
                ),
            ),
        ),
    ),
    Event(
        "wrong-publication",
        _("Something wrong is published"),
        (
            Step(_("Take the page down, at the foot of its form. It is gone for visitors at once."), (PAGES,)),
            Step(_("A picture: withdraw it, so that its file goes too."), (PICTURES,)),
            Step(_("A wrong number: replace it everywhere, and tell visitors on all pages."), (REPLACE, NOTICE)),
            Step(
                _(
                    "Something about a person: have it taken out of earlier versions too, as the guide says, "
                    "and ask search engines to forget the page."
                ),
                (GUIDE,),
            ),
            Step(_("Write down from when to when it could be seen: the history of the page says so."), (PAGES,)),
        ),
    ),
)
