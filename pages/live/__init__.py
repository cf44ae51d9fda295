"""What is live and true now, in two queries: tree, facts, internal links. It writes nothing."""
