"""Mail to staff and to senders: at least once, never content."""
