"""Asking for password and second step anew, before what a thief of an open login must not do."""
