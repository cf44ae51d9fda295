"""Pixels: read an upload safely, cut, encode. It knows no table."""
