"""Logging in with a password: its form, brakes and sessions; the second step is a room of its own."""
