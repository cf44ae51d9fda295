"""The inbox, its reply templates, access log and keys, and what is erased when, in the staff admin."""

from contact.admin import access_log, reply_templates, retention
from contact.admin.case import page
from contact.admin.keys import keyring, staff_key

__all__ = ["access_log", "keyring", "page", "reply_templates", "retention", "staff_key"]
