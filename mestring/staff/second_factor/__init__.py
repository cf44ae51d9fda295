"""The second step of a login, after the password: passkeys, one-time codes, recovery codes."""
