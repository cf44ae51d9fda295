"""The inbox, its access log, its keys and what is erased when, in the staff admin."""

from contact.admin import access_log, erasing, inbox, keyring, staff_key

__all__ = ["access_log", "erasing", "inbox", "keyring", "staff_key"]
