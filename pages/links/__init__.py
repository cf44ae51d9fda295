"""What pages link to, inside and outside: the index and the checker. Where a link leads a visitor is in live."""
