"""The rehearsal: each night the site sends itself an inquiry, as a stranger would, and follows it."""
