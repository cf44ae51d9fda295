"""The rich text editor: its toolbar and links. What may be stored stands in pages.richtext.allowed_markup."""

from typing import Any

from django.templatetags.static import static
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import AdminProseEditorWidget

from pages.richtext.allowed_markup import EDITOR

# Each group becomes a row of plain buttons: the library's drop-down cannot be opened by keyboard.
TOOLBAR = [{"group": name} for name in ("headings", "lists", "marks", "link", "history")]


class RichTextWidget(AdminProseEditorWidget):
    """The editor with our toolbar, link dialog and paste rules: rich_text.js and paste.js."""

    def get_config(self) -> dict[str, Any]:
        extensions = EDITOR | {
            "ListItem": True,
            "PasteFromWordProcessor": True,
            "NoSpellCheck": False,
            "Menu": {"groups": TOOLBAR},
            "Link": {"enableTarget": False, "defaultProtocol": "https"},
        }
        return {
            "extensions": expand_extensions(extensions),
            "js_modules": [static("admin_pages/rich_text.js"), static("admin_pages/paste.js")],
        }
