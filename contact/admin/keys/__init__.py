"""Unlocking, own passphrase, keyring, recovery paper on the screen."""
