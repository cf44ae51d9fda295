"""What the contact room stores. What a person wrote is only ever in `Inquiry.sealed`."""

from contact.models.access_entry import AccessEntry
from contact.models.delivery import Delivery
from contact.models.inquiry import Inquiry
from contact.models.keyring import Grant, InboxKey
from contact.models.throttle import ThrottleCount, ThrottleKey

__all__ = ["AccessEntry", "Delivery", "Grant", "InboxKey", "Inquiry", "ThrottleCount", "ThrottleKey"]
