"""What reading an answer of another program can raise, whatever stands in it: nested too deep, cut, or no text."""

import struct

MALFORMED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,  # a number that is too large for what it is to be
    RuntimeError,  # nested too deep, or a kind of key that the library does not know
    struct.error,
)
