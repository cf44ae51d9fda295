"""What is taken of an uploaded file, what is left of it, and what is refused with which advice."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image, ImageCms

from pages.imaging import renditions
from pages.imaging.uploads import read
from tests.picture_files import as_file, drawn, exif, of_content

TAKEN = ["JPEG", "PNG", "WEBP", "AVIF"]


def refusal(file, language="en"):
    with translation.override(language), pytest.raises(ValidationError) as error:
        read(file)
    return error.value.messages[0]


def near(first, second, by=14):
    return all(abs(a - b) <= by for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("kind", TAKEN)
def test_the_four_types_are_taken_whatever_the_file_is_called(kind):
    image = read(as_file(drawn(), kind, "brev.pdf"))
    assert (image.mode, image.size) == ("RGB", (240, 160))
    assert near(image.getpixel((20, 20)), (255, 0, 0))


@pytest.mark.parametrize("kind", TAKEN)
def test_nothing_of_place_maker_or_profile_reaches_a_file_that_is_kept_or_sent(kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {} if kind == "JPEG" else {"xmp": b"<x:xmpmeta>Kanarifugl</x:xmpmeta>"} if kind != "PNG" else {}
    file = as_file(drawn(), kind, exif=exif(), icc_profile=profile, **options)
    assert b"Kanarifugl" in file.getvalue()
    image = read(file)
    _ending, original = renditions.encode_original(image)
    made = [
        original,
        *(
            content
            for _name, content in renditions.make_renditions(image, "whole", ["avif", "webp", "jpg", "png"])
        ),
    ]
    for content in made:
        assert not any(
            mark in content for mark in (b"Kanarifugl", b"Exif", b"eXIf", b"ICC", b"iCCP", b"sRGB built")
        )
        assert not dict(Image.open(BytesIO(content)).getexif())


def test_a_comment_in_a_jpeg_is_dropped():
    _ending, original = renditions.encode_original(read(as_file(comment=b"Kanarifugl")))
    assert b"Kanarifugl" not in original


@pytest.mark.parametrize("kind", TAKEN)
@pytest.mark.parametrize(
    ("orientation", "turned"), [(3, Image.Transpose.ROTATE_180), (6, Image.Transpose.ROTATE_270)]
)
def test_a_picture_taken_with_the_phone_turned_stands_upright(kind, orientation, turned):
    image, wanted = read(as_file(drawn(), kind, exif=exif(orientation))), drawn().transpose(turned)
    assert image.size == wanted.size
    for place in ((20, 20), (image.width - 20, 20), (20, image.height - 20)):
        assert near(image.getpixel(place), wanted.getpixel(place))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF:UserWarning")
def test_a_faulty_note_about_the_orientation_does_not_refuse_the_picture():
    assert read(as_file(exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 40)).size == (240, 160)


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "JPEG"), ("CMYK", "JPEG"), ("1", "PNG"), ("L", "PNG"), ("P", "PNG")]
)
def test_every_mode_becomes_rgb(mode, kind):
    image = read(as_file(drawn(mode=mode), kind))
    assert image.mode == "RGB"
    assert near(image.getpixel((20, 20)), drawn(mode=mode).convert("RGB").getpixel((20, 20)))


def test_cmyk_keeps_its_colours():
    image = read(as_file(drawn(mode="CMYK"), quality=95))
    assert near(image.getpixel((20, 20)), (255, 0, 0))
    assert near(image.getpixel((20, 140)), (0, 0, 255))


def test_sixteen_bits_of_grey_are_scaled_and_not_clipped():
    grey = Image.new("I;16", (200, 100), 32_768)
    assert near(read(as_file(grey, "PNG")).getpixel((5, 5)), (128, 128, 128), by=1)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_is_kept(mode):
    image = drawn(mode=mode)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    cleaned = read(as_file(image, "PNG"))
    assert cleaned.mode == "RGBA"
    assert renditions.encode_original(cleaned)[0] == "png"


def test_a_palette_with_a_transparent_colour_keeps_it():
    image = drawn().quantize(8)
    assert read(as_file(image, "PNG", transparency=0)).mode == "RGBA"


def test_an_alpha_channel_that_hides_nothing_is_dropped():
    assert read(as_file(drawn(mode="RGBA"), "PNG")).mode == "RGB"


def test_colours_of_another_profile_are_translated_to_srgb():
    """A profile whose red and green are swapped: what the file calls red is green."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")  # in the profile's table of contents
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    image = read(as_file(drawn(), "PNG", icc_profile=bytes(swapped)))
    assert near(image.getpixel((20, 20)), (0, 255, 0))


def test_a_profile_that_cannot_be_read_is_passed_over():
    assert near(read(as_file(drawn(), "PNG", icc_profile=b"nonsense" * 40)).getpixel((20, 20)), (255, 0, 0))


# --- refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "advice"), [
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "Most compatible"), (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
    (b"GIF89a", "save it as PNG"), (b"BM\x9a\0\0\0", "JPEG or PNG"), (b"II*\0\x08\0\0\0", "JPEG or PNG"),
    (b'<svg xmlns="http://www.w3.org/2000/svg">', "programs"), (b"<?xml version='1.0'?><svg>", "programs"),
    (b"%PDF-1.7", "JPEG, PNG, WebP or AVIF"), (b"MZ\x90\0", "JPEG, PNG, WebP or AVIF"), (b"", "JPEG, PNG"),
    (b"\xff\xd8\xff\xe0", "damaged"), (b"\x89PNG\r\n\x1a\n", "damaged"), (b"RIFF\x24\0\0\0WEBPVP8 ", "damaged"),
])  # fmt: skip
def test_what_is_not_taken_is_refused_with_what_to_do(start, advice):
    assert advice in refusal(of_content(start + b"\0" * 200 if start else b"", "ferie.jpg"))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_a_whole_file_of_another_type_is_refused_though_it_could_be_read(kind):
    assert kind in refusal(as_file(drawn(), kind, "bilde.jpg"))


@pytest.mark.parametrize("kind", TAKEN)
def test_a_file_that_was_cut_short_is_refused(kind):
    whole = as_file(Image.effect_noise((300, 200), 80), kind).getvalue()
    for part in (2, 3, 10):
        assert "damaged" in refusal(of_content(whole[: len(whole) - len(whole) // part])), part


def test_the_advice_is_in_the_readers_language():
    for language, words in (("nb", "Mest kompatibel"), ("nn", "Opne biletet")):
        start = b"\0\0\0\x18ftypheic" if language == "nb" else b"GIF89a"
        assert words in refusal(of_content(start + b"\0" * 50), language)


def png_of(width, height):
    """A PNG of one colour, a few kilobytes, that would take hundreds of megabytes to decode."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer, rows = zlib.compressobj(9), bytearray()
    for _row in range(height):
        rows += packer.compress(bytes(1 + (width + 7) // 8))
    rows += packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", bytes(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(13_000, 13_000), (20_000, 20_000), (5_001, 5_000)])
def test_a_small_file_with_too_many_pixels_is_refused_before_it_is_decoded(width, height):
    content = png_of(width, height)
    assert len(content) < 60_000
    started = time.process_time()
    assert "25 million" in refusal(of_content(content))
    assert time.process_time() - started < 0.3


@pytest.mark.parametrize(
    ("size", "words"), [((99, 400), "blurred"), ((400, 99), "blurred"), ((12_001, 100), "12000")]
)
def test_a_side_that_is_too_short_or_too_long_is_refused_with_the_numbers(size, words):
    message = refusal(as_file(Image.new("L", size), "PNG"))
    assert words in message
    assert f"{size[0]} × {size[1]}" in message


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_a_moving_picture_is_refused(kind):
    frames = {"save_all": True, "append_images": [drawn().transpose(Image.Transpose.ROTATE_180)]}
    assert "moves" in refusal(as_file(drawn(), kind, **frames))


def test_a_phones_jpeg_with_a_second_picture_in_it_is_taken():
    file = as_file(drawn(), "MPO", save_all=True, append_images=[drawn(120, 100)])
    assert Image.open(file).format == "MPO"
    file.seek(0)
    assert read(file).size == (240, 160)
