"""The emergency edition: a copy of each live page as a plain file, to be read while the site is away.

The delivery process keeps it up to date in EMERGENCY_DIR, and nginx shows it (deploy/nginx.conf). A copy is what
the site's own view answers, with `request.copied_at` set: templates then leave out what needs a server, and say
when the copy was made. Copied to another machine or a stick, the folder stands alone.
"""
