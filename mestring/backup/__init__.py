"""Backup and restore of a whole site: one sealed file with every row and every picture."""
