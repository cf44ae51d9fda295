"""Addresses of the pages, under each language's prefix."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from pages.previews.share_link_view import shared_edition
from pages.visits import calendar_views, page_views, search_views

app_name = "pages"
urlpatterns = [
    path("", page_views.front, name="front"),
    path(_("calendar/<int:event_id>.ics"), calendar_views.calendar, name="calendar"),
    path(_("search/"), search_views.search, name="search"),
    path("del/<str:token>/", shared_edition, name="shared"),
    path("<slug:slug>/", page_views.page, name="page"),
]
