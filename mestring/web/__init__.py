"""Middleware, storages, error filter, form renderer."""
