"""Restore a backup onto an empty site."""

import json
import shutil
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model, QuerySet

from contact.audit import triggers
from contact.crypto.deliverer_apart import is_apart
from contact.crypto.site_signature import BACKUP, check_signature
from contact.models import Inquiry
from contact.retention.erasure_list import erase_again, read_erasure_list
from contact.retention.quarterly_statistics import CountableInquiry, count_erased, read_countable
from mestring.backup.picture_files import empty, media_folder, picture_files
from mestring.backup.rows import historical_models, load_rows, stored_models
from mestring.backup.sealed_file import BackupBroken, SealedReader
from mestring.backup.sequences import count_on, raise_sequences
from mestring.backup.work_folder import work_folder
from mestring.backup.writing import FORMAT, MANIFEST, SIGNATURE
from mestring.web.storage import make_folders
from pages.models import Page

# A site with a row of one of these is in use. Rows that `setup_site` makes are no reason to refuse.
IN_USE: tuple[type[Model], ...] = (User, Page, Inquiry)
# What a backup lacks, or has in the place of another thing; a full disk is another fault.
NO_SUCH_FILE = (FileExistsError, FileNotFoundError, IsADirectoryError, NotADirectoryError)


class NotEmpty(Exception):
    """The site has users, pages, inquiries or pictures, which a restore would mix, or tables of newer code."""


def unpack(source: Path, private_key: X25519PrivateKey, folder: Path, signer: str | None) -> dict[str, Any]:
    """Extract a backup into a folder, check every file against its digest, and return the manifest.

    The manifest names the digest of every file, and the signer must have signed it. Without a signer the operator
    has said that an unsigned backup is trusted. Raises BackupBroken, NotSigned, and OSError when the disk is full:
    the backup is not to blame for that.
    """
    with source.open("rb") as file:
        try:
            with tarfile.open(fileobj=cast(BinaryIO, SealedReader(file, private_key)), mode="r|") as tar:
                _extract(tar, folder)
            manifest: dict[str, Any] = json.loads(content := (folder / MANIFEST).read_bytes())
        except (tarfile.TarError, *NO_SUCH_FILE, ValueError):
            raise BackupBroken from None
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    del found[MANIFEST]
    signature = found.pop(SIGNATURE).read_text(errors="replace") if SIGNATURE in found else ""
    if signer is not None:
        check_signature(BACKUP, content, signature, signer)
    digests = {name: sha256(path.read_bytes()).hexdigest() for name, path in found.items()}
    try:
        if manifest["format"] != FORMAT or digests != manifest["files"]:
            raise BackupBroken
        for table in (folder / "database").iterdir():
            for line in _lines(table):
                json.loads(line)  # so that `restore --check` finds a bad line, and not the restore of a lost site
    except (KeyError, TypeError, ValueError, *NO_SUCH_FILE):
        raise BackupBroken from None  # trusted unsigned, and not from here
    return manifest


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    # Not `extractall(filter="data")`, which the Python of Debian 12 lacks. A backup holds nothing but files.
    for entry in tar:
        path = Path(entry.name)
        content = tar.extractfile(entry) if entry.isreg() else None
        if content is None or path.is_absolute() or ".." in path.parts:
            raise BackupBroken
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600, exist_ok=False)
        with target.open("wb") as file:
            shutil.copyfileobj(content, file)


def restore(
    source: Path, private_key: X25519PrivateKey, erased: Path | None, signer: str | None
) -> dict[str, Any]:
    """Restore the site without what was erased since; it sends no mail.

    Raises BackupBroken, NotSigned, NotEmpty, NotAList. All rows are restored or none, also when the disk is full
    (OSError, or a database error). A list of erasures that cannot be read, or that the signer has not signed,
    stops it before anything is written.
    """
    gone = {row for _locator, row, _at in read_erasure_list(erased, signer)} if erased else set()
    media = media_folder()
    if _is_used(media):
        raise NotEmpty
    media.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_to_others(Path(settings.DATA_DIR))
    with work_folder("restoring", media.parent) as folder:
        manifest = unpack(source, private_key, folder, signer)
        held = Path(settings.MAIL_HELD)
        try:
            held.touch()  # before there is a row: a delivery process may be running
            # Pictures first: no address leads to them without the rows, and a second try begins anew.
            _put_pictures(folder / "media", media)
            migrations = [(app, migration) for app, migration in manifest["migrations"]]
            manifest["erased_again"], counted = _load(
                folder / "database", migrations, manifest.get("sequences", {}), without=gone
            )
        except BaseException:
            empty(media)
            held.unlink(missing_ok=True)
            raise
    call_command("migrate", verbosity=0)  # to the tables that the code of today expects
    # After it: SQLite makes a table anew to change it, and then counts from the rows that are left.
    raise_sequences(stored_models(apps), manifest.get("sequences", {}), DEFAULT_DB_ALIAS)
    with transaction.atomic():
        count_erased(counted)  # the statistics count erased inquiries too
    if erased:
        erase_again(erased, signer)  # writes their tombstones
    return manifest


def close_to_others(folder: Path) -> None:
    """Make a folder its owner's alone: one that an operator has made is often open to others.

    A delivery process of its own user still passes through, to look for mail-is-held.
    """
    passed = 0o010 if is_apart() else 0
    folder.chmod(0o700 | folder.stat().st_mode & passed)


def _put_pictures(unpacked: Path, media: Path) -> None:
    """Copy the pictures to where the site reads them; a folder there may be a link to another disk."""
    for path in picture_files(unpacked):
        target = media / path.relative_to(unpacked)
        make_folders(target.parent, media)
        shutil.copyfile(path, target)
        target.chmod(0o644)  # pictures are public


def _is_used(media: Path) -> bool:
    if any(picture_files(media)):
        return True
    tables = connection.introspection.table_names()  # a site before its first `migrate` has none
    return any(model._meta.db_table in tables and model._base_manager.exists() for model in IN_USE)


def _load(
    folder: Path, migrations: list[tuple[str, str]], numbers: dict[str, int], *, without: set[UUID]
) -> tuple[int, list[CountableInquiry]]:
    """Load all rows and delete the erased inquiries, in one transaction; return how many, and their statistics."""
    executor = MigrationExecutor(connection)
    missing = [node for node in migrations if node not in executor.loader.graph.nodes]
    if missing:
        raise BackupBroken  # newer code wrote it
    if set(executor.loader.applied_migrations) - set(migrations):
        raise NotEmpty
    last = [node for node in migrations if not executor.loader.graph.node_map[node].children & set(migrations)]
    executor.migrate(last)  # and with them every migration that they depend on
    past = historical_models(DEFAULT_DB_ALIAS, migrations)
    models = stored_models(past)
    with transaction.atomic():
        triggers.remove_triggers(connection)  # a login may be logged already; `migrate` puts them back
        for model in models:
            # The rows that the migrations made come back with their numbers. `delete()` is refused: it follows
            # every relation, and these models need no order.
            QuerySet(model)._raw_delete(DEFAULT_DB_ALIAS)
        for model in models:
            for part in folder.glob(f"*-{model._meta.label_lower}"):
                load_rows(model, _lines(part), DEFAULT_DB_ALIAS)
        connection.check_constraints()
        count_on(models, numbers, DEFAULT_DB_ALIAS)  # newer code adds rows as it migrates, such as permissions
        inquiries: QuerySet[Any] = QuerySet(past.get_model("contact", "Inquiry")).filter(pk__in=without)
        count = inquiries.count()
        countable = read_countable(inquiries)
        inquiries.delete()  # with their messages and deliveries
    return count, countable


def _lines(folder: Path) -> Iterator[str]:
    for piece in sorted(folder.iterdir()):
        # Not splitlines(): it also splits at separators that text from a word processor can hold.
        yield from piece.read_text(encoding="utf-8").split("\n")
