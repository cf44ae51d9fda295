"""The public pages under /kontakt/: requests in, responses out; the rules stand in the package above."""
