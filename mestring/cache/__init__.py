"""Responses kept in memory and dropped when the database changes. Pages are right without it, and slower."""
