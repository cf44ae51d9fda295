"""Backups that are watched: each night's is checked, copied away and noted, and so is each restoring drill.

`state` is what everything reads that shows or tells how the backups are.
"""
