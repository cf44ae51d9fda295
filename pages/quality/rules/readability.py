"""Sentences: their length, and LIX said in words.

LIX (Björnsson): words for each sentence, plus the share of words longer than six letters in per cent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest

from django.utils.translation import gettext as _

from pages.quality.finding import Finding, Severity
from pages.quality.passages import Reading, Sentence

LONG_SENTENCE = 25  # words
LONG_WORD = 6  # letters: a word with more is long
EASY, HARD = 30, 40  # LIX
ENOUGH = 100  # words: of fewer, LIX says more about chance than about the text
SHOWN_SENTENCES, SHOWN_WORDS = 3, 8


@dataclass(frozen=True)
class Readability:
    """How hard a text is to read. `lix` is None when the text is too short to tell."""

    lix: int | None
    longest_sentences: tuple[Sentence, ...] = ()
    longest_words: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """Say what the number means, and what to do."""
        if self.lix is None:
            return _("The text is too short to say how easy it is to read.")
        if self.lix < EASY:
            return _("Very easy to read.")
        if self.lix <= HARD:
            return _("Fits our readers.")
        return _("Hard to read: shorten the sentences and choose shorter words.")


def measure(reading: Reading) -> Readability:
    """Return how hard the prose is to read."""
    sentences = reading.sentences
    words = [word for sentence in sentences for word in sentence.words]
    if len(words) < ENOUGH:
        return Readability(None)
    long = [word for word in words if len(word) > LONG_WORD]
    lix = round(len(words) / len(sentences) + 100 * len(long) / len(words))
    different = {word.casefold(): word for word in reversed(long)}.values()
    return Readability(
        lix,
        tuple(nlargest(SHOWN_SENTENCES, sentences, key=lambda sentence: len(sentence.words))),
        tuple(nlargest(SHOWN_WORDS, different, key=len)),
    )


def check(reading: Reading) -> Iterator[Finding]:
    """Return the long sentences, and once that the whole text is hard to read."""
    text = measure(reading)
    if text.lix is not None and text.lix > HARD:
        longest = text.longest_sentences[0]
        yield Finding(
            "hard-to-read", Severity.ADVICE, reading.language, longest.place,
            _("The text is hard to read (LIX %(lix)d; ours should be under 40).") % {"lix": text.lix},
            _("Begin with the longest sentences, then the longest words: %(words)s.")
            % {"words": ", ".join(text.longest_words)},
            tuple(sentence.text for sentence in text.longest_sentences),
        )  # fmt: skip
    for sentence in reading.sentences:
        if len(sentence.words) > LONG_SENTENCE:
            yield Finding(
                "long-sentence", Severity.ADVICE, reading.language, sentence.place,
                _("The sentence has %(count)d words.") % {"count": len(sentence.words)},
                _("Make it two. Begin with what matters most."), (sentence.text,),
            )  # fmt: skip
