"""The receipt beside a backup: its size, rows and digest, signed by the site.

What signs the backup itself lies sealed inside, and only the offline key opens it. The receipt says without that
key that the file is the site's and whole, here each night.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from contact.crypto.files import replace_whole
from contact.crypto.site_signature import BACKUP_RECEIPT, NotSigned, check_signature, sign, signer

READ = 1 << 20  # bytes at a time


class DigestingFile:
    """Counts and digests what is written through it, so that what the disk gives back can be compared."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.size, self.digest = file, 0, sha256()

    def write(self, data: bytes) -> int:
        """Write, and remember."""
        self.size += len(data)
        self.digest.update(data)
        return self.file.write(data)


@dataclass(frozen=True)
class Receipt:
    """What the site said of a backup when it had written it."""

    name: str
    size: int
    rows: int
    sha256: str


def receipt_file(backup: Path) -> Path:
    """Return where the receipt of a backup lies."""
    return backup.with_name(f"{backup.name}.receipt")


def write_receipt(backup: Path, written: DigestingFile, rows: int) -> None:
    """Put the receipt beside the backup. Raises OSError, and ValueError for a signing key that was cut short."""
    content = json.dumps(asdict(Receipt(backup.name, written.size, rows, written.digest.hexdigest())))
    with replace_whole(receipt_file(backup)) as file:
        file.write(f"{content}\n{sign(BACKUP_RECEIPT, content.encode())}\n".encode())


def read_receipt(backup: Path) -> Receipt:
    """Return what the site signed of this file. Raises NotSigned for none, a changed one, or another file's."""
    try:
        content, signature = receipt_file(backup).read_text(encoding="utf-8").splitlines()
        check_signature(BACKUP_RECEIPT, content.encode(), signature, signer())
        receipt = Receipt(**json.loads(content))
    except (OSError, ValueError, TypeError):
        raise NotSigned from None
    if receipt.name != backup.name:
        raise NotSigned
    return receipt


def digest_of(backup: Path) -> str:
    """Read the whole file from the disk."""
    digest = sha256()
    with backup.open("rb") as file:
        while piece := file.read(READ):
            digest.update(piece)
    return digest.hexdigest()
