"""Formats in which secrets are written: sealing, base32, passphrases, return codes, files. Knows no table."""
