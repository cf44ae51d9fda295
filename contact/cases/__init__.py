"""What staff do with an inquiry: read, reply, own, close, find; and until when."""
