"""Stored values in words for staff: answers, deadlines, log entries, reply templates; no views."""
