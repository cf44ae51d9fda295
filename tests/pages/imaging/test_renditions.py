"""Every picture that is taken can be stored."""

from io import BytesIO

from PIL import Image

from pages.imaging.renditions import encode_original


def test_a_picture_whose_file_is_longer_than_pillow_guesses_is_stored_as_well():
    """A scan with strong coloured grain: Pillow holds two bytes ready for each pixel."""
    picture = Image.merge("RGB", [Image.effect_noise((400, 300), 90) for _colour in "RGB"])
    _ending, file = encode_original(picture)
    assert len(file) > 2 * picture.width * picture.height
    assert Image.open(BytesIO(file)).size == picture.size
