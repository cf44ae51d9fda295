"""Argon2, of a password as it is read: å is one sign on most keyboards, and a letter with a ring on some."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from contact.crypto.passphrase import compose


class ComposingArgon2PasswordHasher(Argon2PasswordHasher):
    """Hashes the same signs whichever system typed them, as for the inbox passphrase."""

    def encode(self, password: str, salt: str) -> str:
        """Return the hash of a new password."""
        return super().encode(compose(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Say whether this is the password."""
        return super().verify(compose(password), encoded)
