"""What `manage.py doctor` finds wrong with this machine, and how each fault is mended.

A module for each part of the machine, with a function that yields findings; `examination` calls them all.
"""
