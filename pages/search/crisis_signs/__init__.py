"""The signs of danger in crisis.toml, and which of their words a question holds. crisis.py says what they mean."""
