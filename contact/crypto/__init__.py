"""Formats in which secrets are written: sealing, base32, passphrases, return codes, key files. Knows no table."""
