"""The inbox and its access log in the staff admin."""

from contact.admin import access_log, inbox

__all__ = ["access_log", "inbox"]
