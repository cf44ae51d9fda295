"""The inbox, its reply templates, access log and keys, and what is erased when, in the staff admin."""

from contact.admin import access_log, erasing, inbox, keyring, reply_templates, staff_key

__all__ = ["access_log", "erasing", "inbox", "keyring", "reply_templates", "staff_key"]
