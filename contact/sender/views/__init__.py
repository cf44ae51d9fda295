"""The public pages under /kontakt/."""
