"""Write a backup: a tar archive in a sealed file, which appears whole or not at all."""

import io
import json
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from contact.crypto.files import replace_whole
from contact.crypto.site_signature import BACKUP, sign
from mestring.backup.picture_files import media_folder, picture_files
from mestring.backup.rows import dump_rows, historical_models, stored_models
from mestring.backup.sealed_file import SealedWriter
from mestring.backup.sequences import read_sequences
from mestring.backup.snapshot import snapshot
from mestring.backup.watch.receipt import DigestingFile, write_receipt

FORMAT = 1
MANIFEST = "manifest.json"
SIGNATURE = "manifest.signature"


def write_backup(target: Path, public_key: X25519PublicKey) -> dict[str, Any]:
    """Write all rows and pictures to a file that only the offline key opens, and its receipt; return the manifest.

    The file gets its name when it is whole and on disk; a crash leaves only one that ends in `.part`, a full disk
    nothing. Raises OSError, and ValueError for a signing key that was cut short.
    """
    with replace_whole(target) as file:
        written = DigestingFile(file)
        with (
            SealedWriter(cast(BinaryIO, written), public_key) as sealed,
            tarfile.open(fileobj=cast(BinaryIO, sealed), mode="w|") as tar,
        ):
            manifest = _fill(tar)
    write_receipt(target, written, sum(manifest["rows"].values()))
    return manifest


def _fill(tar: tarfile.TarFile) -> dict[str, Any]:
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    with snapshot() as alias:
        executor = MigrationExecutor(connections[alias])
        migrations = sorted(executor.loader.applied_migrations)
        tables = stored_models(historical_models(alias, migrations))
        sequences = read_sequences(tables, alias)
        for number, model in enumerate(tables):
            label = model._meta.label_lower
            for piece, lines in enumerate(dump_rows(model, alias)):
                if piece:
                    rows[label] = rows.get(label, 0) + len(lines)
                _add(tar, digests, f"database/{number:03}-{label}/{piece:06}.jsonl", "\n".join(lines).encode())
    media = media_folder()
    left_out = 0
    for path in sorted(picture_files(media)):
        try:
            _add(tar, digests, f"media/{path.relative_to(media)}", path.read_bytes())
        except FileNotFoundError:  # deleted a moment ago: rows are of one moment, files are not
            left_out += 1
    manifest = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "migrations": migrations,
        "rows": rows,
        "sequences": sequences,
        "files": digests,
        "left_out": left_out,
    }
    # Last, as it holds the digest of every other file; the signature of it is one of all.
    content = json.dumps(manifest).encode()
    _add(tar, {}, MANIFEST, content)
    _add(tar, {}, SIGNATURE, sign(BACKUP, content).encode())
    return manifest


def _add(tar: tarfile.TarFile, digests: dict[str, str], name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))
    digests[name] = sha256(content).hexdigest()
