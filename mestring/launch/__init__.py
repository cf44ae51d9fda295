"""What must be confirmed before launch: the list, its evidence, and the gate that keeps the forms closed."""
