"""What the installer asks of PostgreSQL: a statement that fails leaves no values in the server's log."""

import pytest

from deploy import throwaway_postgres
from deploy.debian import database
from tests.site_database import ON_POSTGRESQL

pytestmark = [pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL"), pytest.mark.django_db]
CANARY = "kanarifugl@klinikken.no"


def test_what_a_role_of_the_site_fails_to_store_is_not_in_the_servers_log():
    import psycopg

    with throwaway_postgres.cluster() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(database.ROLES.replace(f"GRANT {database.SITE}", f"GRANT {database.OWNER}"))
            connection.execute(database.SILENT)
            connection.execute("CREATE TABLE one (address text UNIQUE)")
            connection.execute("GRANT ALL ON one TO PUBLIC")
        for role in (database.DELIVERER, database.OWNER):
            with psycopg.connect(server.url.replace("site@", f"{role}@"), autocommit=True) as connection:
                for _twice in range(2):
                    try:
                        connection.execute(f"INSERT INTO one VALUES ('{CANARY}')")
                    except psycopg.errors.UniqueViolation as error:
                        refused = error
        assert refused
        assert "duplicate key" in server.log.read_text()
        assert CANARY not in server.log.read_text()
