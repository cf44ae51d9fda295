"""The panel beside the form, and reasons for words."""
