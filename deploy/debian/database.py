"""The database: a file of the site's, or PostgreSQL with a role that owns no table.

The site's own role reads and writes rows. It can neither change a table nor take away the triggers of the access
log; the owner's role can, and only root reads its password.
"""

import secrets
from collections.abc import Mapping

from deploy.debian import layout
from deploy.debian.machine import run, write
from deploy.debian.settings_file import read_settings

DATABASE = layout.NAME
SITE, DELIVERER = layout.USER, layout.DELIVERER
OWNER = f"{SITE}_owner"
SITE_URL = f"postgres://%2Frun%2Fpostgresql/{DATABASE}"  # no name: the server asks the machine who calls
ROLES = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN CREATE ROLE {OWNER} LOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{SITE}') THEN CREATE ROLE {SITE} LOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{DELIVERER}') THEN CREATE ROLE {DELIVERER} LOGIN; END IF;
END $$;
GRANT {SITE} TO {DELIVERER};
"""
# A statement that fails stands in the server's log with its values, colleagues' addresses and sealed words among
# them, and outlives what is erased. The server's administrator alone can set this, over the server's own file.
SILENT = "".join(
    f"ALTER ROLE {role} SET {setting};\n"
    for role in (SITE, DELIVERER, OWNER)
    for setting in (
        "log_min_error_statement = 'panic'", "log_error_verbosity = 'terse'", "log_statement = 'none'",
        "log_min_duration_statement = -1", "log_parameter_max_length_on_error = 0",
    )
)  # fmt: skip


def prepare_database(kind: str) -> str:
    """Make roles and database where they are missing; return the site's DATABASE_URL, "" for SQLite."""
    if kind == "sqlite":
        return ""
    run("systemctl", "start", "postgresql")
    password = read_settings(layout.OWNER_SETTINGS).get("PASSWORD") or secrets.token_hex(24)
    url = f"postgres://{OWNER}:{password}@127.0.0.1/{DATABASE}"
    write(
        layout.OWNER_SETTINGS,
        f"# Root's alone: who has it can change tables.\nPASSWORD={password}\nURL={url}\n",
        0o600,
    )
    psql(ROLES + SILENT + f"ALTER ROLE {OWNER} PASSWORD '{password}';")
    if not psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'").strip():
        psql(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'")
    give_rights(DATABASE)
    return SITE_URL


def give_rights(database: str) -> None:
    """Let the site's role read and write rows of a database, and do nothing else in it."""
    psql(
        f"""
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {layout.USER};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {layout.USER};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {layout.USER};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {layout.USER};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {layout.USER};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {layout.USER};
""",
        database,
    )


def as_owner(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings with which tables can be changed."""
    url = read_settings(layout.OWNER_SETTINGS).get("URL")
    return {**environment, "DATABASE_URL": url} if url and "DATABASE_URL" in environment else dict(environment)


def psql(statements: str, database: str = "postgres") -> str:
    """Let the server's administrator say something, and return the rows."""
    return run(
        "psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-d", database, user="postgres", stdin=statements
    )
