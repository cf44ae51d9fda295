"""Colleagues and their first page: accounts, roles, guides, dashboard. What they edit or read is in the apps."""
