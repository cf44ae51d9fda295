"""The database, beyond what /readyz asks: whose tables they are, and facts that must agree with the settings."""

from django.conf import settings
from django.db import connection

from mestring.doctor.finding import Finding, Findings
from pages.models import Clinic


def table_owner() -> Findings:
    """Look for tables that the site itself could change, with the access log's triggers among them."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user AND schemaname = 'public'")
        (owned,) = cursor.fetchone()
    if owned:
        mend = "Give them to a role of their own, and the site's role rights over rows (docs/operators.md)."
        yield Finding(f"The site's role in PostgreSQL owns {owned} tables.", mend)


def phone() -> Findings:
    """Look for another number on the error pages than on the others."""
    shown = Clinic.objects.values_list("phone", flat=True).first()
    if shown and shown != settings.FALLBACK_PHONE:
        mend = "Set CLINIC_PHONE to what the clinic's facts say, also in nginx's file, or correct the facts."
        yield Finding("Error pages show another telephone number than the pages.", mend)
