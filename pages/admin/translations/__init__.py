"""Translations on the screen: overview, progress, side by side. The rules about them are in editions."""
