"""Choosing a page by its title, in a field or in the editor."""
