"""Where one sentence ends and the next begins, and what its words are."""

import re

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_END = re.compile(r"[.!?…:][\"'»”’)]*\s+(?=[^a-zæøå\s])")
_NO_END = re.compile(
    r"(?:\b(?:bl\.a|f\.eks|evt|kap|inkl|kl|nr|ca|dr|prof|jf|pkt|tlf|st|mr|mrs|ms|no|e\.g|i\.e)|(?:^|\s)\d+)\.\s+\Z",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 12


def split_sentences(text: str) -> list[str]:
    """Return the sentences of one line. As in LIX, a colon ends one; the dots of "kl. 8" and "1. Mai" do not."""
    sentences, start = [], 0
    for end in _END.finditer(text):
        before = text[max(start, end.end() - _LONGEST_ABBREVIATION) : end.end()]
        if not _NO_END.search(before):
            sentences.append(text[start : end.end()].strip())
            start = end.end()
    return [sentence for sentence in [*sentences, text[start:].strip()] if sentence]


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text; a number is a word too."""
    return tuple(WORD.findall(text))
