"""The picture library: add a picture, move its focal point, withdraw it, say where it is used.

Making the files takes seconds and is done outside a transaction: an open one holds the only write lock of SQLite,
and an inquiry that arrives meanwhile would wait.
"""

from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.models import Edition, Page, Picture
from pages.models.picture import FOLDER, WHOLE
from pages.pictures.files import WrittenFiles, make_files, original_name, read_original, remove_all


class AlreadyThere(Exception):
    """The same picture is in the library, or was withdrawn from it."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(picture.key)
        self.picture = picture


def add(upload: Any, *, name: str, credit: str, by: User | None, again: bool = False) -> Picture:
    """Put a picture into the library, with all its files, or raise and leave nothing behind.

    Raises ValidationError for a file that is not accepted, and AlreadyThere for a picture that the library has. A
    withdrawn picture is added again only with `again`.
    """
    from pages.imaging import renditions, uploads

    image = uploads.read(upload)
    ending, original = renditions.encode_original(image)
    key = sha256(original).hexdigest()[:20]
    known = Picture.objects.filter(key=key).first()
    if known is not None and not (again and known.withdrawn_at):
        raise AlreadyThere(known)
    picture = known or Picture(key=key, focus_x=0.5, focus_y=0.5)
    picture.name, picture.credit, picture.uploaded_by = name, credit, by
    picture.width, picture.height, picture.fallback = image.width, image.height, ending
    picture.renditions, picture.withdrawn_at, picture.withdrawn_by = {}, None, None
    written = WrittenFiles()
    try:
        written.write(original_name(picture), original)
        for stem in {WHOLE, picture.landscape}:
            make_files(picture, image, stem, written)
        with transaction.atomic():
            picture.save()
    except IntegrityError as fault:  # another request uploaded the same picture meanwhile
        raise AlreadyThere(Picture.objects.get(key=key)) from fault
    except BaseException:
        # Another request that uploaded it meanwhile, and succeeded, wrote files with the same names.
        if not Picture.objects.filter(key=key, withdrawn_at=None).exists():
            written.append(f"{FOLDER}/{key}")
            written.remove_all()
        raise
    return picture


def move_focus(picture: Picture, x: float, y: float) -> None:
    """Move the focal point and make the crop that follows from it, under a name of its own.

    Earlier crops stay: editions name them, and a page changes only when it is published.
    """
    picture.focus_x, picture.focus_y = x, y
    stem, written = picture.landscape, WrittenFiles()
    try:
        if stem not in picture.renditions:
            make_files(picture, read_original(picture), stem, written)
        with transaction.atomic():
            now = Picture.objects.select_for_update().get(pk=picture.pk)
            if now.withdrawn_at:
                raise ValidationError(_("Another editor withdrew this picture just now."))
            picture.renditions = now.renditions | {stem: picture.renditions[stem]}
            picture.save(update_fields=["focus_x", "focus_y", "renditions"])
    except BaseException:
        written.remove_all()
        raise


def withdraw(picture: Picture, *, by: User) -> None:
    """Remove a picture from every page at once and for good, with all its files and the original.

    The files are removed first: when that fails halfway, the row still has the picture, and an editor can try
    again. They are removed once more at the end, because another request can make a crop meanwhile.
    """
    remove_all(picture)
    picture.withdrawn_at, picture.withdrawn_by, picture.renditions = timezone.now(), by, {}
    picture.save(update_fields=["withdrawn_at", "withdrawn_by", "renditions"])
    remove_all(picture)


def where_used(picture: Picture) -> tuple[list[Page], list[Page]]:
    """Return (pages whose working copy names it, pages whose live or coming edition names it)."""
    text = Cast("body", models.TextField())
    editions = Edition.objects.current_or_coming(at=timezone.now()).annotate(text=text)
    shown = editions.filter(text__contains=picture.key).values("page")
    return (
        list(Page.objects.filter(pages_figureblock_set__picture=picture).distinct()),
        list(Page.objects.filter(pk__in=shown)),
    )
