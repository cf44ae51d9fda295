"""Clinic, helplines, claims, gatherings, messages."""
