"""Writes the fixture of a sealing format, once: python -m tests.contact.crypto.make_sealing_fixture.

A fixture that exists is never written again: it stands for what lies in databases and backups.
"""

import json
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from contact.crypto.sealing import seal

FOLDER = Path(__file__).parent / "fixtures"
TEXTS = {
    "empty": "",
    "short": "Hei. Kan dere ringe meg?",
    "letters": "Æøå, ŋđ, 日本 – «ja»\nlinje to",
    "long": "ord " * 500,
}


def main() -> None:
    path = FOLDER / "sealed_v1.json"
    private = X25519PrivateKey.generate()
    row = UUID("0b9d2c1e-5f0a-4f37-9c53-2f6d8a1b7e40")
    sealed = {
        name: {"text": text, "sealed": seal(text.encode(), private.public_key(), row, "answers").hex()}
        for name, text in TEXTS.items()
    }
    content = {
        "private_key": private.private_bytes_raw().hex(),
        "row": str(row),
        "field": "answers",
        "sealed": sealed,
    }
    with path.open("x", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()
