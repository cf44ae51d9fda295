"""What reads printed pages for the other tests reads every page that Chromium can write."""

import zlib
from itertools import count

from tests.journeys.paper import stream


def test_what_is_compressed_may_itself_end_in_the_end_of_a_line():
    for number in count():
        text = b"(Side %d) Tj" % number
        packed = zlib.compress(text)
        if packed.endswith(b"\r"):
            break
    written = b"<</Filter /FlateDecode\n/Length %d>> stream\n%s\nendstream" % (len(packed), packed)
    assert stream({7: written}, 7) == text
