"""The inbox, its reply templates, access log and keys, and what is erased when, in the staff admin.

Django imports this package to find the sections; each module named here registers one.
"""

from contact.admin import access_log, inquiry, reply_templates, retention
from contact.admin.keys import keyring, staff_key

__all__ = ["access_log", "inquiry", "keyring", "reply_templates", "retention", "staff_key"]
