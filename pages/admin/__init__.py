"""The admin of pages, pictures and the clinic's details. Importing a module registers it."""

from pages.admin import page_admin
from pages.admin.facts import claim, clinic, event, helpline, notice
from pages.admin.pictures import picture_admin

__all__ = ["claim", "clinic", "event", "helpline", "notice", "page_admin", "picture_admin"]
