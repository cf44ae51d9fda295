"""The starter pages: one TOML file per page, loaded by `load_starter`."""
