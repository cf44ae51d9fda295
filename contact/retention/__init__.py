"""What is erased when, how it is erased, what is held, and what statistics outlive it."""
