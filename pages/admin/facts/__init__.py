"""Facts that every page may show, one section each: clinic, helplines, claims, gatherings, notices."""
