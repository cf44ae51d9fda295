"""Staff forms that met an expired login: they come back to their writer, and are never carried out unasked."""
