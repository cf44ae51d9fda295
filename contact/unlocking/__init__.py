"""Unlocking the inbox: one colleague, in one browser, for a while; and how often a passphrase is tried."""
