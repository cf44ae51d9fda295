"""Who can open the inbox: keyring, grants, colleagues, unlocking, recovery paper. Knows no inquiry's content."""
