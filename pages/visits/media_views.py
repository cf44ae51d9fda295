"""The files of the picture library, for visitors."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from pages.models.picture import FOLDER
from pages.rendering.figure import TYPES

# Only the names that the picture library makes, so that no address reaches anything else in the storage.
NAME = r"(?:whole|landscape-\d{1,5}-\d{1,5})-\d{1,4}\.(?:avif|webp|jpg|png)"
ADDRESS = rf"^media/{FOLDER}/(?P<key>[0-9a-f]{{20}})/(?P<name>{NAME})\Z"


@require_safe
def picture_file(_request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """Send one file, or a short 404. The bytes behind a name never change, so browsers keep them for a year."""
    try:
        file = default_storage.open(f"{FOLDER}/{key}/{name}")
    except FileNotFoundError:
        return HttpResponse("Not found\n", status=404, content_type="text/plain")
    response = FileResponse(file, content_type=TYPES[name.rsplit(".", 1)[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
