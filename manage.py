#!/usr/bin/env python3
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mestring.settings")
    from django.core.management import execute_from_command_line

    # A terminal that cannot show a letter shows its number: no command ends half-way for it.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text file, whatever the type says
    execute_from_command_line(sys.argv)
