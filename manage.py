#!/usr/bin/env python3
import os
import sys
from importlib import import_module

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mestring.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    # A terminal that cannot show a letter shows its number: no command ends half-way for it.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text file, whatever the type says
    try:  # Read first, so that what they refuse is what an operator reads, and not a traceback.
        settings = import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    from django.db import InterfaceError, OperationalError

    from mestring.config.database_faults import describe_fault
    from mestring.logs.uncaught import write_uncaught_as_lines

    if settings.MODE == "live":
        write_uncaught_as_lines()

    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except (InterfaceError, OperationalError) as fault:  # the database's own state, and no fault of the program
        if "--traceback" in sys.argv:
            raise
        sys.exit(describe_fault(fault))
    except BrokenPipeError:  # such as `… | head -1`: end as a shell says it, without a word
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to print has no reader
        sys.exit(141)
