"""What pages link to, inside and outside: index, report, checker."""
