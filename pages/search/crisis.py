"""Recognise a question that a visitor asks in danger, so that the answer begins with whom to ring.

What is looked for stands in crisis.toml, for clinicians to read.
"""

from difflib import get_close_matches

from pages.search.crisis_signs import Sign, long_words, signs, single_letters, spell

LONGEST_READ = 2_000  # characters: far more than a search field is used for
WORDS_BETWEEN = 5  # other words that may stand among those of a line
SPELT_ALIKE = 0.85
SHORTEST_MISSPELT = 6  # letters; shorter words have too many harmless neighbours
MOST_MISSPELT = 25  # words of a question that are looked at for errors


def tells_of_a_crisis(question: str) -> bool:
    """Say whether the words of a line stand in the question close to one another, in any language."""
    text, place = spellings(spell(question[:LONGEST_READ]))
    return any(is_in(sign, text, place) for sign in signs())


def spellings(words: list[str]) -> tuple[str, dict[int, int]]:
    """Return each word as it stands, joined with the next one, and as it was probably meant.

    All with a space on either side, and with the number of the word that each belongs to.
    """
    known = long_words(SHORTEST_MISSPELT)
    text, place = " ", {}
    for number, word in enumerate(words):
        written = [word, *(single_letters(word + following) for following in words[number + 1 : number + 2])]
        if number < MOST_MISSPELT and len(word) >= SHORTEST_MISSPELT and word not in known:
            written += get_close_matches(word, known, n=1, cutoff=SPELT_ALIKE)
        for spelling in written:
            place[len(text)] = number
            text += f"{spelling} "
    return text, place


def is_in(sign: Sign, text: str, place: dict[int, int]) -> bool:
    """Say whether all words of the sign stand within reach of one another, or written as one."""
    found = [{place[match.start()] for match in word.finditer(text)} for word in sign.words]
    reach = len(found) + WORDS_BETWEEN
    near = (
        all(any(number in places for number in range(start, start + reach)) for places in found)
        for start in set().union(*found)
    )
    return (all(found) and any(near)) or bool(sign.as_one.search(text))
