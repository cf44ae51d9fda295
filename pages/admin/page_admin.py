"""The admin of pages: one form per page with its blocks, saved as a draft or published."""

from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

from content_editor.admin import ContentEditor
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from mestring.typed_text.norwegian_order import norwegian_order
from pages.admin.dialogs import back_to_form, page_number
from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.admin.fields.languages import LabelledByLanguage
from pages.admin.form_names import CHECK, PREVIEW, PUBLISH, SCHEDULE
from pages.admin.page.blocks import INLINES
from pages.admin.page.form import ConflictingPageForm, PageForm
from pages.admin.page.form_context import complete_response
from pages.admin.page_search import pages_with
from pages.admin.page_urls import page_urls
from pages.admin.picker.fields import parent_choice
from pages.admin.previews.form_preview import preview_form, stop_at_preview
from pages.admin.saving.chosen_times import as_query
from pages.admin.saving.edit_conflicts import Edit, save_in_turn
from pages.admin.saving.merged_save import Tried
from pages.admin.saving.save_edition import save_edition
from pages.admin.saving.save_messages import time_messages
from pages.admin.status.review_filter import ReviewFilter
from pages.admin.status.review_offer import offered_review
from pages.admin.status.status import PageStatus, review_reminders, statuses_of, with_editions
from pages.admin.translations.progress import LanguageState, language_states, summary
from pages.editions.clinical_gate import REVIEW
from pages.editions.history import newest_edition_id
from pages.models import Page

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@admin.register(Page)
class PageAdmin(OnlyListFilters, LabelledByLanguage, TranslationAdmin, ContentEditor):
    """Every save makes an edition; only "Save and publish" changes what visitors see."""

    form = PageForm
    inlines = INLINES
    list_display = ["title_or_not", "kind", "state", "complete_languages", "changed"]
    list_filter = ["kind", ReviewFilter]
    search_fields = ["title_nb", "title_nn", "title_en"]
    list_per_page = 50
    actions = None
    show_facets = admin.ShowFacets.NEVER
    prepopulated_fields = {"slug": ("title",)}

    # Of one request alone (`_for_one_request`).
    edit: Edit
    statuses: dict[int, PageStatus]
    language_states: dict[int, list[LanguageState]]

    def _for_one_request(self) -> Self:
        """Return a copy of this section, which keeps what belongs to one request.

        Django calls the hooks below one by one, and hands nothing from one to the next but the request; the
        section itself serves many requests at once. Refused: attributes hung on the request and on the page.
        """
        return copy(self)

    # --- the list ------------------------------------------------------------------------------
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super(PageAdmin, self._for_one_request()).changelist_view(request, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return with_editions(super().get_queryset(request).filter(deleted_at=None))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Page], search_term: str
    ) -> tuple[QuerySet[Page], bool]:
        if not search_term.strip():
            return queryset, False
        by_title, _repeated = super().get_search_results(request, queryset, search_term)
        return by_title | queryset.filter(pk__in=pages_with(search_term)), False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        self.statuses = statuses_of(changelist.result_list)
        self.language_states = language_states(changelist.result_list)
        return changelist

    @admin.display(description=_("title"), ordering=norwegian_order("title_nb"))
    def title_or_not(self, page: Page) -> str:
        """Return the title, or what stands for it: a page without a title needs a link too."""
        return str(page)

    @admin.display(description=_("state"))
    def state(self, page: Page) -> str:
        """Say what visitors see of the page now, and what happens to it by itself."""
        status = self.statuses[page.pk]
        sentences = [status.name, *status.coming, *review_reminders(page)]
        return format_html_join("", "<div>{}</div>", ((sentence,) for sentence in sentences))

    @admin.display(description=_("complete languages"))
    def complete_languages(self, page: Page) -> str:
        """Name the languages with title, address and content, and which of them to look through."""
        return summary(self.language_states[page.pk])

    # --- who may what --------------------------------------------------------------------------
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse Django's own way, which erases; ours can be undone (pages.admin.editions.delete)."""
        return False

    # --- the form ------------------------------------------------------------------------------
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        review = [] if request.user.has_perm("pages.review_page") else list(REVIEW)
        unoffered = [] if self._waits_for(request, obj) else ["reviewed_now"]
        return [*(["kind"] if obj else []), *review, *unoffered]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        own_place = ["slug", "parent"] if obj is None or obj.kind not in Page.ONLY_ONE else []
        waits = self._waits_for(request, obj)
        return self._patch_fieldsets([
            (None, {"fields": ["title", "lead"]}),
            (_("Place and address"), {
                "classes": ["collapse"] if obj else [],
                "fields": ["kind", *own_place, "audience", "in_menu", "in_footer", "menu_title", "position"],
            }),
            (_("Clinical review"), {
                "classes": [] if waits else ["collapse"],
                "fields": [*(["reviewed_now"] if waits else []), *REVIEW],
            }),
            (_("Search engines"), {"classes": ["collapse"], "fields": ["description"]}),
        ])  # fmt: skip

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if self._waits_for(request, obj):
            form.offered = offered_review(cast("User", request.user))
        return form

    def _waits_for(self, request: HttpRequest, page: Page | None) -> bool:
        """Say whether the page waits for a review that this colleague may write down."""
        return page is not None and bool(review_reminders(page)) and request.user.has_perm("pages.review_page")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        own_address = obj is None or obj.kind not in Page.ONLY_ONE
        return dict(self.prepopulated_fields) if own_address else {}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "parent":
            return parent_choice(field, request)
        if field is not None and db_field.name == "kind":
            taken = set(Page.objects.filter(kind__in=Page.ONLY_ONE).values_list("kind", flat=True))
            free = [choice for choice in Page.Kind.choices if choice[0] not in taken]
            field.choices = free  # type: ignore[attr-defined]  # a model field with choices gives a ChoiceField
        return field

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().render_change_form(request, context, *args, **kwargs)
        return complete_response(request, response, self.edit)

    # --- saving --------------------------------------------------------------------------------
    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Hand on what was sent. Django copies it for each kind of block, in case it saves a new page."""
        if request.method != "POST" or "_saveasnew" in request.POST:
            return super().get_formset_kwargs(request, obj, inline, prefix)
        sent = {"data": request.POST, "files": request.FILES}
        return {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)} | sent

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        def show(edit: Edit) -> HttpResponse:
            section = self._for_one_request()
            section.edit = edit
            section.form = ConflictingPageForm if edit.conflict else PageForm
            request.POST = edit.sent  # type: ignore[assignment]  # what a conflict has put right in it is read too
            return super(PageAdmin, section).changeform_view(request, object_id, *args, **kwargs)

        if PREVIEW in request.POST:
            return preview_form(self, request, object_id, partial(show, Edit.unchecked(request)))
        if {PUBLISH, SCHEDULE} & set(request.POST) and not request.user.has_perm("pages.publish_page"):
            raise PermissionDenied
        page_id = page_number(object_id)
        if page_id is None or CHECK in request.POST or not self.has_change_permission(request):
            return show(Edit.unchecked(request))
        if request.method != "POST":
            # Read before the page is: a save in between is then refused instead of going unnoticed.
            return show(Edit.unchecked(request, newest_edition_id(page_id)))
        return save_in_turn(request, page_id, show)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        # Skips ContentEditor's own, which also copies any block of any page that a POST names.
        super(ContentEditor, self).save_related(request, form, formsets, change)
        stop_at_preview(request, form.instance)
        if self.edit.only_tried:
            raise Tried(form.instance)
        self.edit.times = form.times_not_set()
        self.edit.messages = [*save_edition(request, form), *time_messages(self.edit.times)]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._back_to_form(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._back_to_form(request, obj)

    def _back_to_form(self, request: HttpRequest, page: Any) -> HttpResponse:
        for level, text in self.edit.messages:
            messages.add_message(request, level, text)
        return back_to_form(page, as_query(self.edit.times))

    # --- the pages around the form -----------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        return page_urls(lambda view: self.admin_site.admin_view(partial(view, self))) + super().get_urls()
