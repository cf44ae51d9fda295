"""What staff add to a thread: a reply, a note, the record of a contact attempt, a next step; each once."""
