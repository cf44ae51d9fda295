"""The admin of pages and of the clinic's details. Importing a module registers it."""

from pages.admin import claim, clinic, event, helpline, page

__all__ = ["claim", "clinic", "event", "helpline", "page"]
