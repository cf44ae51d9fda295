"""Who can open the inbox: the ceremony in numbered steps, for keyholders."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from contact.admin.access.banner import KEYHOLDER
from contact.admin.access.opener import is_unlocked, own_opener
from contact.admin.keys.recovery_paper import ReplacingPaperAdmin
from contact.keys import colleagues, generations, key_holders, recovery
from contact.keys.ceremony import Ceremony
from contact.keys.key_holders import paper_file
from contact.keys.keyring import KeyringRefused, KeysMissing, Opener
from contact.keys.recovery_paper import PaperWrong
from contact.keys.unlocking import Locked
from contact.models import Grant, StaffKey
from contact.permissions import READER

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PAGE = "admin:contact_grant_changelist"


@admin.register(Grant)
class KeyringAdmin(ReplacingPaperAdmin):
    """One page: who can open, and what is to be done next. No grant has a page of its own."""

    right = KEYHOLDER

    def own_urls(self, info: str) -> list[URLPattern]:
        """One address for each step; all but the removal of a colleague take only a POST."""
        steps = {
            "delete-paper-file": self.delete_paper_file,
            "let-in": self.let_in,
            "remove-server": self.remove_server,
            "delete-key-file": self.delete_key_file,
            "new-key": self.new_key,
        }
        return [
            *(
                path(f"{name}/", self.guarded(self.step(name, do)), name=f"{info}_{name.replace('-', '_')}")
                for name, do in steps.items()
            ),
            *self.paper_urls(info),
            path("colleague/<int:pk>/remove/", self.guarded(self.remove_view), name=f"{info}_remove"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the steps; on POST prove the paper."""
        return self.step("paper", self.prove)(request) if request.method == "POST" else self.page(request)

    def step(self, name: str, do: Callable[[HttpRequest], str]) -> Callable[[HttpRequest], HttpResponse]:
        """Return the view of a step: what went wrong stands above it, and nothing that was typed comes back."""

        def view(request: HttpRequest) -> HttpResponse:
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            try:
                messages.success(request, do(request))
            except (PaperWrong, KeysMissing, KeyringRefused) as error:
                return self.page(request, problem=self.words_for(error), failed=name)
            return HttpResponseRedirect(reverse(PAGE))

        return view

    def page(self, request: HttpRequest, *, problem: str = "", failed: str = "") -> HttpResponse:
        """Show all steps."""
        file = paper_file()
        ceremony = Ceremony()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who can open the inbox"),
            "opts": self.opts,
            "ceremony": ceremony,
            "can_unlock": any(one.user == request.user for one in ceremony.inside),
            "left_to_do": recovery.paper_left_to_do(),
            "file": file,
            "file_exists": file.exists(),
            "key_file": key_holders.server_key_file(),
            "is_unlocked": is_unlocked(request),
            "reads": request.user.has_perm(READER),
            "new_paper_waits": recovery.is_new_paper_waiting(),
            "problem": problem,
            "failed": failed,
        }
        return TemplateResponse(request, "admin/contact/keyring.html", context, status=422 if problem else 200)

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then remove a colleague: at once, whether or not somebody is unlocked."""
        staff_key = get_object_or_404(StaffKey.objects.select_related("user"), pk=pk)
        is_self = staff_key.user_id == request.user.pk
        name = staff_key.user.get_full_name() or staff_key.user.get_username()
        problem = _("Ask another keyholder to remove you.") if is_self else ""
        if request.method == "POST" and not is_self:
            try:
                colleagues.remove(staff_key, cast("User", request.user), self.quick_opener(request))
            except (KeyringRefused, KeysMissing) as error:
                problem = str(error)
            else:
                messages.success(request, _("%(name)s can no longer open the inbox.") % {"name": name})
                return HttpResponseRedirect(reverse(PAGE))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remove a colleague from the inbox"),
            "opts": self.opts,
            "name": name,
            "is_self": is_self,
            "problem": problem,
        }
        return TemplateResponse(request, "admin/contact/remove.html", context, status=422 if problem else 200)

    # --- the steps: each returns the sentence that says it is done ---------------------------------

    def prove(self, request: HttpRequest) -> str:
        """Take what was typed from the paper."""
        recovery.prove_paper(request.POST.get("typed", ""), cast("User", request.user))
        return _("The recovery paper is proven: it opens the inbox.")

    def delete_paper_file(self, request: HttpRequest) -> str:
        """Delete what was printed."""
        key_holders.delete_paper_file()
        return _("The file with the paper is deleted from the server.")

    def let_in(self, request: HttpRequest) -> str:
        """Let in everybody who was ticked."""
        chosen = set(request.POST.getlist("colleague"))
        waiting = [one.staff_key for one in Ceremony().waiting if one.staff_key and one.fingerprint in chosen]
        if not chosen:
            raise KeyringRefused(_("Tick those who are to be let in, once you have compared the codes."))
        if len(waiting) != len(chosen):
            raise KeyringRefused(
                _("A colleague has chosen another passphrase meanwhile. Compare the codes again.")
            )
        colleagues.let_in(waiting, self.human_opener(request), cast("User", request.user))
        return _("They can open the inbox now.")

    def remove_server(self, request: HttpRequest) -> str:
        """Take the server's own key away."""
        generations.remove_server(self.human_opener(request), cast("User", request.user))
        return _("The server can no longer open the inbox. Only you and your colleagues, and the paper, can.")

    def delete_key_file(self, request: HttpRequest) -> str:
        """Delete the file that opens nothing any more but old copies of the database."""
        key_holders.delete_server_key()
        return _("The server's key file is deleted.")

    def new_key(self, request: HttpRequest) -> str:
        """Start a new generation."""
        opener = self.human_opener(request) if request.POST.get("typed") else self.quick_opener(request)
        generations.new_generation(opener or own_opener(request), cast("User", request.user))
        return _("The inbox has a new key. Everybody who could open it still can.")

    # --- who opens --------------------------------------------------------------------------------

    def human_opener(self, request: HttpRequest) -> Opener:
        """Return what the paper opens if it was typed, otherwise what this person has unlocked."""
        typed = request.POST.get("typed", "")
        if not typed.strip():
            return own_opener(request)
        recovery.prove_paper(
            typed, cast("User", request.user)
        )  # a wrong paper is logged, a right one counts as proof
        return lambda key: key_holders.open_with_recovery(key, typed)

    def quick_opener(self, request: HttpRequest) -> Opener | None:
        """Return what opens without asking for anything: this person, or the server, or neither."""
        if is_unlocked(request):
            return own_opener(request)
        return key_holders.open_with_server_grant if key_holders.server_can_open() else None

    def words_for(self, error: Exception) -> str:
        """Say what to do about a locked inbox; the others say it themselves."""
        if isinstance(error, Locked):
            return _("Unlock the inbox first, or type the four lines of the paper.")
        if isinstance(error, PaperWrong):
            return f"{error} " + _("Nothing of what you typed is kept. Type all four lines again.")
        return str(error)
