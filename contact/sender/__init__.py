"""What the person who writes does: send, get a receipt, come back with the code."""
