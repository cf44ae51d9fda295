"""What staff do with an inquiry: read, reply, own, close, search, meet its deadline; not how a page shows it."""
