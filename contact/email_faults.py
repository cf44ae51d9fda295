"""What is wrong with an e-mail address, in words that help to mend it."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Endings that people mistype, and that no address has.
MISTYPED = {"con": "com", "cmo": "com", "comm": "com", "ner": "net", "nett": "net"}
UNKNOWN = _("This does not look like an e-mail address. Look at it once more.")
MISTYPED_ENDING = _("The address ends in .%(ending)s. Should it be .%(meant)s?")


# The last parts of names that no machine outside a house answers to (RFC 6761, RFC 6762, and what routers use).
IN_A_HOUSE = {
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
}
LONGEST_NAME = 64  # signs before the @ (RFC 5321)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _has_no_idna(address: str) -> bool:
    """Say whether no mail server can be found under the domain."""
    try:
        _domain(address).encode("idna")
    except UnicodeError:
        return True
    return False


def _leads_into_a_house(address: str) -> bool:
    """Say whether the domain is a number or a name of machines of our own, which no sender's mail is kept on.

    It is asked of the name that a mail server would look up: other signs may stand for its digits and full stops.
    """
    last = _domain(address).encode("idna").decode().lower().rpartition(".")[2]
    return "[" in address or last.isdigit() or last in IN_A_HOUSE


# The first that holds is told.
FAULTS: list[tuple[Callable[[str], bool], Promise | str]] = [
    (lambda address: "@" not in address, _("The address lacks its @.")),
    (lambda address: address.count("@") > 1, _("The address has more than one @. Write one address.")),
    (lambda address: any(map(str.isspace, address)), _("There is a space in the address. Take it out.")),
    (lambda address: "," in address or ";" in address, _("There is a comma or a semicolon in the address.")),
    (lambda address: address.startswith("@"), _("Something is missing before the @.")),
    (lambda address: address.endswith("@"), _("Something is missing after the @.")),
    (
        lambda address: not address.partition("@")[0].isascii(),
        _("Before the @ there is a letter that addresses do not have, such as æ, ø or å."),
    ),
    (lambda address: ".." in address, _("There are two full stops in a row in the address.")),
    (lambda address: address[-1] in ".-", _("The address ends with a sign that does not belong to it.")),
    (lambda address: "." not in _domain(address), _("The end of the address is missing, such as .no or .com.")),
    (_has_no_idna, UNKNOWN),
    (
        _leads_into_a_house,
        _("Look at what stands after the @: no address on the internet ends like that."),
    ),
    (
        lambda address: len(address.partition("@")[0]) > LONGEST_NAME,
        _("There are too many signs before the @."),
    ),
]


def find_fault(address: str) -> str:
    """Return what is wrong with the address, or "" when nothing is seen."""
    if fault := next((words for is_faulty, words in FAULTS if is_faulty(address)), None):
        return str(fault)
    ending = address.rpartition(".")[2].lower()
    meant = MISTYPED.get(ending)
    return str(MISTYPED_ENDING) % {"ending": ending, "meant": meant} if meant else ""
