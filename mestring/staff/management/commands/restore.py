"""`manage.py restore`: a site from its backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils.translation import gettext as _

from contact.crypto.site_signature import NotSigned
from contact.retention.erasure_list import NotAList
from mestring.backup.disk_faults import describe
from mestring.backup.picture_files import NoFolder
from mestring.backup.restoring import NotEmpty, restore, unpack
from mestring.backup.sealed_file import BackupBroken
from mestring.backup.work_folder import work_folder


class Command(BaseCommand):
    """Refuse a file that differs from what was written, and a site that is already in use."""

    help = "Make an empty site what it was when the backup was made."
    requires_system_checks: list[str] = []  # there may be no tables yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup, its key, and whether to check it only."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="The file that `backup --new-key` made.")
        trust = parser.add_mutually_exclusive_group(required=True)
        trust.add_argument("--signer", type=Path, help="The file that `backup --signer` wrote.")
        trust.add_argument(
            "--unsigned",
            action="store_true",
            help="Trust the backup and the list although nothing shows that the site made them.",
        )
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--erased", type=Path, help="The newest list of erased inquiries (ERASURE_LIST).")
        which.add_argument("--nothing-erased", action="store_true", help="There is no such list.")
        which.add_argument("--check", action="store_true", help="Read everything, and change nothing.")

    def handle(
        self,
        *_args: Any,
        file: Path,
        key: Path,
        signer: Path | None,
        erased: Path | None,
        check: bool,
        **_options: Any,
    ) -> None:
        """Restore or check; print one clear sentence for each failure."""
        try:
            private, trusted = _read_key(key), _read_signer(signer) if signer else None
            if not file.is_file() or (erased and not erased.is_file()):
                raise CommandError(_("The file cannot be read."))
            manifest = _check(file, private, trusted) if check else restore(file, private, erased, trusted)
        except NotSigned:
            raise CommandError(
                _(
                    "Nothing shows that the site made this backup, or the list of erased inquiries: it is "
                    "unsigned, changed, or signed by another site. Nothing was restored. If you know where it "
                    "comes from, such as a backup of an earlier version, give --unsigned in the place of --signer."
                )
            ) from None
        except BackupBroken:
            raise CommandError(
                _("This is not a backup that this key opens and this version reads, or it has been changed.")
            ) from None
        except NotAList:
            raise CommandError(_("This is not a list of erased inquiries. Nothing was restored.")) from None
        except NotEmpty:
            raise CommandError(
                _("The site has users, pages, inquiries, pictures or newer tables. Restore onto an empty one.")
            ) from None
        except NoFolder as refused:
            raise CommandError(str(refused)) from None
        except (OSError, Error) as error:
            raise CommandError(describe(error)) from None
        totals = {"rows": sum(manifest["rows"].values()), "made_at": manifest["made_at"]}
        self.stdout.write(_("Made at %(made_at)s. Rows: %(rows)s.") % totals)
        if not trusted:
            self.stdout.write(_("Nothing was checked of who made it (--unsigned)."))
        if not check:
            self.stdout.write(_("Erased once more: %(count)s.") % {"count": manifest["erased_again"]})
            self.stdout.write(_("Restored. Now put the key files back, then run setup_site."))
            self.stdout.write(_("No mail is sent until you delete %(file)s.") % {"file": settings.MAIL_HELD})


def _read_key(file: Path) -> X25519PrivateKey:
    try:
        # An editor of Windows puts an invisible mark before it.
        return X25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text(encoding="utf-8-sig")))
    except PermissionError:
        raise
    except (OSError, ValueError):
        raise CommandError(_("The file with the key cannot be read.")) from None


def _read_signer(file: Path) -> str:
    try:
        signer = file.read_text(encoding="utf-8-sig").strip()
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer))
    except PermissionError:
        raise
    except (OSError, ValueError):
        raise CommandError(_("The file with the signer cannot be read.")) from None
    return signer


def _check(file: Path, private: X25519PrivateKey, signer: str | None) -> dict[str, Any]:
    with work_folder("checking", Path(settings.DATA_DIR)) as folder:
        return unpack(file, private, folder, signer)
