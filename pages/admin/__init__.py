"""The admin of pages, the clinic's details and the launch list. Importing a module registers it."""

from pages.admin import clinic, helpline, launch, page

__all__ = ["clinic", "helpline", "launch", "page"]
