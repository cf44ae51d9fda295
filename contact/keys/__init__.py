"""Who can open the inbox: keyring, grants, colleagues, unlocking, the recovery paper, the ceremony."""
