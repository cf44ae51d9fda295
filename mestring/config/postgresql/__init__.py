"""Django's backend for PostgreSQL, with a limit to how long a server may say nothing."""
