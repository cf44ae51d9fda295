"""Install the site on a Debian machine, upgrade it, go back. Standard library only."""
