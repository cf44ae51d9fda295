"""A security key of a colleague: it makes one passkey and proves it, as a browser would send it."""

import hashlib
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

QUESTION = re.compile(r'<script id="passkey-question" type="application/json">(.+?)</script>')
PRESENT, ATTESTED = 0x01, 0x40


def question_on(response) -> dict | None:
    """Return what the page asks the browser."""
    found = QUESTION.search(response.text)
    return json.loads(found[1])["publicKey"] if found else None


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class SecurityKey:
    """One key pair, for one site."""

    def __init__(self, origin: str = "https://testserver") -> None:
        self.origin, self.host = origin, origin.partition("//")[2]
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(id(self)).encode()).digest()

    def make(self, question: dict) -> str:
        """Answer the question for a new passkey."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + public
        data = self._about(PRESENT | ATTESTED) + attested
        sealed = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", question)
        return self._answer({"attestationObject": b64(sealed), "clientDataJSON": b64(said)})

    def prove(self, question: dict) -> str:
        """Answer the question for this passkey."""
        data, said = self._about(PRESENT), self._said("webauthn.get", question)
        signature = self.private.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        parts = {"authenticatorData": data, "clientDataJSON": said, "signature": signature}
        return self._answer({name: b64(part) for name, part in parts.items()})

    def _about(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + bytes(4)

    def _said(self, what: str, question: dict) -> bytes:
        return json.dumps({"type": what, "challenge": question["challenge"], "origin": self.origin}).encode()

    def _answer(self, response: dict) -> str:
        return json.dumps({"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response})


def challenge_of(question: dict) -> bytes:
    """Return the question's random bytes."""
    return urlsafe_b64decode(question["challenge"] + "==")
