"""`manage.py backup`: one file with everything, which only the offline key opens."""

import errno
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.crypto import site_signature
from contact.crypto.files import replace_whole, write_once
from contact.retention.erasure_list import write_erasure_list
from mestring.backup.disk_faults import describe
from mestring.backup.picture_files import NoFolder, count_without_files
from mestring.backup.writing import write_backup

SIGNING_KEY_BROKEN = gettext_lazy(
    "The file backup_signing.key in KEY_DIR cannot be read. Put back its copy, or delete it: then a new one is "
    "made, and what restore trusts must be written anew (backup --signer)."
)


def check_target(path: Path) -> None:
    """Raise CommandError when no file can be written there: before the work, and by the name that was typed."""
    try:
        if path.is_dir():
            raise CommandError(_("%(path)s is a folder. Name a file in it.") % {"path": path})
        if not path.parent.is_dir():
            raise CommandError(_("There is no folder %(path)s. Make it first.") % {"path": path.parent})
    except PermissionError as error:
        raise CommandError(describe(error)) from None
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise CommandError(describe(PermissionError(errno.EACCES, "", str(path))))


class Command(BaseCommand):
    """Write a backup while the site serves: neither visitors nor colleagues wait for it."""

    help = "Write rows and pictures to a sealed file, or make the key pair for that."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take either a file to write, a file for a new key, or one for what shows who made a backup."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("file", nargs="?", type=Path, help="The backup to write.")
        which.add_argument(
            "--new-key", type=Path, metavar="FILE", help="Make a key, to be kept away from the site."
        )
        which.add_argument(
            "--signer", type=Path, metavar="FILE", help="Write what shows that a backup is this site's."
        )

    def handle(
        self, *_args: Any, file: Path | None, new_key: Path | None, signer: Path | None, **_options: Any
    ) -> None:
        """Make the backup or the key; never print a private key."""
        check_target(next(path for path in (file, new_key, signer) if path))
        if new_key:
            self._make_key(new_key)
        elif signer:
            self._write_signer(signer)
        elif file:
            key = self._public_key()
            list_fault = self._write_list()
            try:
                manifest = write_backup(file, key)
            except (OSError, Error) as error:
                raise CommandError(describe(error)) from None
            except ValueError:
                raise CommandError(SIGNING_KEY_BROKEN) from None
            except NoFolder as refused:
                raise CommandError(str(refused)) from None
            self.stdout.write(_("Rows: %(rows)s. Pictures: %(pictures)s. Written to %(file)s") % {
                "rows": sum(manifest["rows"].values()),
                "pictures": sum(name.startswith("media/") for name in manifest["files"]),
                "file": file,
            })  # fmt: skip
            if manifest["left_out"]:
                text = _("Deleted while the backup was made: %(count)s.")
                self.stdout.write(text % {"count": manifest["left_out"]})
            if list_fault:
                text = _("The backup is written, but the list of erased inquiries is not: %(why)s")
                raise CommandError(text % {"why": list_fault})
            if missing := count_without_files(manifest["files"]):
                text = _("The backup is written, but %(count)s pictures have no file in it. Is a disk missing?")
                raise CommandError(text % {"count": missing})

    def _write_list(self) -> str:
        """Write the list of erasures; return what went wrong, which must cost no backup."""
        try:
            write_erasure_list()
        except (OSError, Error) as error:
            return describe(error)
        except ValueError:
            return str(SIGNING_KEY_BROKEN)
        return ""

    def _make_key(self, path: Path) -> None:
        if path.exists():
            raise CommandError(_("This file exists already. Nothing was written."))
        private = X25519PrivateKey.from_private_bytes(
            bytes.fromhex(write_once(path, X25519PrivateKey.generate().private_bytes_raw().hex()))
        )
        self.stdout.write(f"BACKUP_KEY={private.public_key().public_bytes_raw().hex()}")
        self.stdout.write(
            _("Set this, move the file away from the site, and keep a copy: without it no backup opens.")
        )

    def _write_signer(self, path: Path) -> None:
        try:
            with replace_whole(path) as file:
                file.write(site_signature.signer().encode())
        except OSError as error:
            raise CommandError(describe(error)) from None
        except ValueError:
            raise CommandError(SIGNING_KEY_BROKEN) from None
        self.stdout.write(
            _("Written to %(file)s. Keep it with the offline key: restore asks for it.") % {"file": path}
        )

    def _public_key(self) -> X25519PublicKey:
        try:
            return X25519PublicKey.from_public_bytes(bytes.fromhex(settings.BACKUP_KEY))
        except ValueError:
            raise CommandError(_("BACKUP_KEY is missing or wrong. Make one with: backup --new-key FILE")) from None
