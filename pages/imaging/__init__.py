"""Pixels: read an upload safely, cut, encode. Knows no table."""
