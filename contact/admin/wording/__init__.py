"""Stored words told to staff: answers, deadlines, the access log in sentences."""
