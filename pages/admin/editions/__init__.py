"""History, comparison, schedule, take down, delete, redact."""
