"""Keys on the screen: unlocking, own passphrase, ceremony, recovery paper. The rules are in contact.keys."""
