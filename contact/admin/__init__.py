"""The inbox, its access log and its keys in the staff admin."""

from contact.admin import access_log, inbox, keyring, staff_key

__all__ = ["access_log", "inbox", "keyring", "staff_key"]
