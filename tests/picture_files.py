"""Real picture files, made as small as the rules allow."""

from io import BytesIO

from PIL import Image

GPS = {0: b"\x02\x03\x00\x00", 1: "N", 2: (59.0, 44.0, 30.0), 3: "E", 4: (9.0, 6.0, 12.0)}


def drawn(width=240, height=160, mode="RGB"):
    """A picture whose four corners differ, so that a turned one can be told apart."""
    image = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (image, image.transpose(Image.Transpose.ROTATE_180), image))
    for place, colour in (((0, 0), "red"), ((width // 2, 0), "lime"), ((0, height // 2), "blue")):
        image.paste(colour, (*place, place[0] + width // 2, place[1] + height // 2))
    return image if mode == "RGB" else image.convert(mode)


def as_file(image=None, kind="JPEG", name="bilde.jpg", **options):
    """The picture as an uploaded file."""
    buffer = BytesIO()
    (image or drawn()).save(buffer, kind, **options)
    buffer.seek(0)
    buffer.name = name
    return buffer


def exif(orientation=1):
    """What a phone writes: orientation, maker, place."""
    data = Image.Exif()
    data[0x0112], data[0x010F] = orientation, "Kanarifugl"
    data.get_ifd(0x8825).update(GPS)
    return data


def of_content(content, name="bilde.jpg"):
    """These very bytes as an uploaded file."""
    file = BytesIO(content)
    file.name = name
    return file
