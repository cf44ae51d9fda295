"""The starter pages, one TOML file for each, and their loader. What editors change is theirs from then on."""
