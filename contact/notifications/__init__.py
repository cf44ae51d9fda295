"""Mail to staff and to senders, at least once and never with content; not what is shown on a page."""
