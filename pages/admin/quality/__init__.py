"""The quality of a page's text for its editor: the panel beside the form, and reasons for words; no rules."""
