"""A page through time: drafts, publications, plans, restoring and deletion. Knows no form and no request."""
