"""Colleagues' accounts: made by an invitation, changed by the rules, logged, and told about by mail."""
