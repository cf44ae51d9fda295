"""Inquiries: what senders send, what staff do with them, who can open them, and when they are erased."""
