"""Read an uploaded picture safely: its bytes say what it is, its size is checked before it is decoded."""

from contextlib import suppress
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]
PIXELS = 25_000_000
SHORTEST, LONGEST = 100, 12_000
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# Which modes a colour profile of this kind describes.
PROFILED = {"RGB": ("RGB", "RGBA"), "CMYK": ("CMYK",), "GRAY": ("L",)}


def read(file: Any) -> Image.Image:
    """Return the picture upright, in sRGB, as RGB or RGBA, and without any of the file's metadata.

    Raises ValidationError, which says what to do, for a file that the site does not accept.
    """
    start = file.read(512)
    file.seek(0)
    try:
        image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise ValidationError(_too_many_pixels()) from bomb
    except Exception as fault:  # a decoder can fail on a broken file in any way
        raise ValidationError(_kind_refused(start)) from fault
    _refuse_size(*image.size)
    # Phones put a second picture of another size into a JPEG ("MPO"); that is no animation.
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise ValidationError(_("This picture moves, which disturbs those who read. Choose a still one."))
    try:
        image.load()
        return _without_metadata(image)
    except Exception as fault:
        raise ValidationError(_damaged()) from fault


def _refuse_size(width: int, height: int) -> None:
    if width * height > PIXELS:
        raise ValidationError(_too_many_pixels())
    if max(width, height) > LONGEST:
        text = _("The picture is %(width)d × %(height)d pixels. No side may be longer than %(longest)d.")
        raise ValidationError(text % {"width": width, "height": height, "longest": LONGEST})
    if min(width, height) < SHORTEST:
        text = _("The picture is only %(width)d × %(height)d pixels and would be blurred. Choose a larger one.")
        raise ValidationError(text % {"width": width, "height": height})


def _too_many_pixels() -> str:
    return _("The picture has more than 25 million pixels. Choose a smaller copy, at most 5000 pixels wide.")


def _damaged() -> str:
    return _("The file is damaged or cut short. Fetch it again from the camera or the phone, and choose it anew.")


def _kind_refused(start: bytes) -> str:
    """Return what to do with a file of a kind that is not accepted, or that is broken at its start."""
    if start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS:
        return _(
            "This is a HEIC picture, as iPhones make them. On the phone, choose Settings, Camera, Formats, Most "
            "compatible, and take it again; or send it to yourself by mail, which makes it a JPEG."
        )
    if start.startswith(b"GIF8"):
        return _("GIF pictures are not taken. Open the picture and save it as PNG.")
    if b"<svg" in start.lower() or start.lstrip().startswith(b"<?xml"):
        return _("SVG drawings can carry programs and are not taken. Save the drawing as PNG.")
    if start.startswith((b"BM", b"II*\0", b"MM\0*")):
        return _("BMP and TIFF pictures are not taken. Open the picture and save it as JPEG or PNG.")
    if start.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")) or start[4:12] in (b"ftypavif", b"ftypavis"):
        return _damaged()
    return _("This is not a picture we can use. Choose a file of the type JPEG, PNG, WebP or AVIF.")


def _without_metadata(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    # A broken orientation tag is no reason to refuse the picture: the editor sees how it stands.
    with suppress(Exception):
        ImageOps.exif_transpose(image, in_place=True)
    image = _in_srgb(_in_8_bits(image), profile)
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert("RGB")
    image.info = {}  # the encoders would write profile and comment from here
    return image


def _in_8_bits(image: Image.Image) -> Image.Image:
    """Return the picture in a mode of 8 bits that holds all the file holds."""
    if image.mode.startswith("I"):  # 16 bits of grey; Pillow's own conversion clips instead of scaling
        return image.convert("I").point(lambda value: value * (255 / 65535)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("RGB", "L", "CMYK"):
        return image
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    # A profile that cannot be used is ignored, as in browsers.
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(BytesIO(profile or b""))
        if image.mode in PROFILED.get(source.profile.xcolor_space.strip(), ()):
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, srgb, outputMode=wanted) or image
    return image if image.mode == wanted else image.convert(wanted)
