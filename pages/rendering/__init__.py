"""An edition in one language, as blocks for a template or as plain text. Knows no request and no template."""
