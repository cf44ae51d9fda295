"""Words that were written as one: "ikkjeleva", "idontwanttolive"."""

from collections.abc import Set

MOST_PARTS = 3  # words in a word that is not longer than usual
LETTERS_OF_A_PART = 3  # on average, in a longer one: more parts would fill any word
SHORTEST = 2  # letters of a part


def parts_of(word: str, known: Set[str]) -> set[str]:
    """Return the known words that fill the word with few others. Two may share a letter, as one stands for two."""
    size = len(word)
    spans = [
        (start, end)
        for end in range(SHORTEST, size + 1)
        for start in range(end - SHORTEST + 1)
        if word[start:end] in known
    ]
    before = fewest(spans, size)
    after = fewest([(size - end, size - start) for start, end in reversed(spans)], size)
    most = max(MOST_PARTS, size // LETTERS_OF_A_PART)
    return {word[start:end] for start, end in spans if ahead(before, start) + 1 + ahead(after, size - end) <= most}


def fewest(spans: list[tuple[int, int]], size: int) -> list[int]:
    """Return how few spans fill the first letters, for each number of letters; more than there are if none do."""
    counts = [0, *[size + 1] * size]
    for start, end in sorted(spans, key=lambda span: span[1]):
        counts[end] = min(counts[end], ahead(counts, start) + 1)
    return counts


def ahead(counts: list[int], place: int) -> int:
    """Return how few words stand before a place, the last of which may share its letter."""
    return min(counts[place], counts[place + 1]) if 0 < place < len(counts) - 1 else counts[place]
