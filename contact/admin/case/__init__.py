"""One case on one page: its forms, panels and buttons; the rules they keep are in contact.cases."""
