"""Reads the words, and their colours, off a printed page: just enough PDF for what Chromium writes."""

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj(.*?)endobj", re.DOTALL)
BEGIN = re.compile(rb"/Length (\d+).*?>>\s*stream\r?\n", re.DOTALL)
# What changes the colour or the font, shows glyphs, or ends a line.
DRAWING = re.compile(
    rb"(?P<colour>[\d.]+ [\d.]+ [\d.]+) rg\b|/(?P<font>F\d+) [\d.]+ Tf|<(?P<glyphs>[0-9A-F]+)> Tj|(?P<end>\bET\b)"
)
ONE = re.compile(r"<(\w+)> <(\w{4,})>\n")
SEVERAL = re.compile(r"<(\w+)> <(\w+)> <(\w{4})>\n")


def printed(pdf: bytes) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield each piece of text as it is drawn, with its colour (red, green, blue from 0 to 1)."""
    objects = {int(found[1]): found[2] for found in OBJECT.finditer(pdf)}
    for page in objects.values():
        if b"/Type /Page\n" not in page:
            continue
        named = re.findall(rb"/(F\d+) (\d+) 0 R", page)
        fonts = {name.decode(): letters_of(objects, int(number)) for name, number in named}
        colour, font = (0.0, 0.0, 0.0), ""
        for found in DRAWING.finditer(stream(objects, reference(page, b"Contents"))):
            if found["colour"]:
                colour = tuple(map(float, found["colour"].split()))
            elif found["font"]:
                font = found["font"].decode()
            elif found["glyphs"]:
                width = max(map(len, fonts[font]))
                glyphs = found["glyphs"].decode()
                codes = [glyphs[at : at + width] for at in range(0, len(glyphs), width)]
                yield "".join(fonts[font][code] for code in codes), colour
            else:
                yield "\n", colour


def letters_of(objects: dict[int, bytes], font: int) -> dict[str, str]:
    """Return which glyph of a font stands for which letters."""
    table = stream(objects, reference(objects[font], b"ToUnicode")).decode("ascii")
    letters = {}
    for first, last, start in SEVERAL.findall(table):
        for step in range(int(last, 16) - int(first, 16) + 1):
            letters[f"{int(first, 16) + step:0{len(first)}X}"] = chr(int(start, 16) + step)
    for code, text in ONE.findall(SEVERAL.sub("", table)):
        letters[code] = bytes.fromhex(text).decode("utf-16-be")
    return letters


def reference(owner: bytes, name: bytes) -> int:
    """Return the number of the object that stands behind a name."""
    return int(re.search(rb"/%s (\d+) 0 R" % name, owner)[1])


def stream(objects: dict[int, bytes], number: int) -> bytes:
    """Return what an object holds, by the length it names: what is compressed may itself end in a line's end."""
    begin = BEGIN.search(objects[number])
    content = objects[number][begin.end() : begin.end() + int(begin[1])]
    return zlib.decompress(content) if b"FlateDecode" in objects[number] else content
