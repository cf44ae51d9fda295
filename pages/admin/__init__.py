"""The admin of pages, pictures and the clinic's details. Importing a module registers it."""

from pages.admin import claim, clinic, event, helpline, notice, page, picture

__all__ = ["claim", "clinic", "event", "helpline", "notice", "page", "picture"]
