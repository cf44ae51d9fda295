"""Who can open the inbox: the ceremony in numbered steps, for keyholders, with one table of their addresses."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from contact.admin.access.banner import KEYHOLDER
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.keys import recovery_paper, steps
from contact.admin.keys.page import keyring_page, rare_case, step
from contact.admin.keys.remove_colleague import remove_view
from contact.models import Grant

prove_paper = step("paper", steps.prove_paper, takes_paper=True)


@admin.register(Grant)
class KeyringAdmin(RestrictedAdmin):
    """Who can open, what is to be done next, and two rare cases. No grant has a page of its own."""

    right = KEYHOLDER
    views = [
        ("delete-paper-file/", step("delete-paper-file", steps.delete_paper_file), "delete_paper_file"),
        ("let-in/", step("let-in", steps.let_in, takes_paper=True), "let_in"),
        ("remove-server/", step("remove-server", steps.remove_server, takes_paper=True), "remove_server"),
        ("delete-key-file/", step("delete-key-file", steps.delete_key_file), "delete_key_file"),
        ("new-key/", step("new-key", steps.new_key, takes_paper=True), "new_key"),
        ("key/", rare_case("key"), "key"),
        ("paper/", rare_case("paper"), "paper"),
        ("prove-again/", step("prove-again", steps.prove_paper, takes_paper=True), "prove_again"),
        ("show-first-paper/", recovery_paper.show_first_paper, "show_first_paper"),
        ("print-new-paper/", recovery_paper.print_new_paper, "print_new_paper"),
        ("replace-paper/", step("replace-paper", recovery_paper.replace_paper, takes_paper=True), "replace_paper"),
        ("keep-old-paper/", step("keep-old-paper", recovery_paper.keep_old_paper), "keep_old_paper"),
        ("colleague/<int:pk>/remove/", remove_view, "remove"),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the steps; on POST prove the paper."""
        return prove_paper(self, request) if request.method == "POST" else keyring_page(self, request)
