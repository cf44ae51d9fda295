"""Content that leaves the inbox, logged first: tables, and a copy for the person; not what staff see on a page."""
