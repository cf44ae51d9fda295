"""The second step of a login, after the password: one-time codes and recovery codes, set up and asked for."""
