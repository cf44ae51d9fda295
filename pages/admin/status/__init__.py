"""The status of a page in words for staff. Decides nothing, and writes nothing."""
