"""The forms of a case: a reply, a note, a contact attempt, a next step, and the question when it is closed."""
