"""What a sender does: send an inquiry, get a receipt, come back with the code; not what staff do with it."""
