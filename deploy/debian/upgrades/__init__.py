"""From one release to the next, and back: the database as it was, the new release on trial, the order of it."""
