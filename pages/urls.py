"""Addresses: pages under each language's prefix (`urlpatterns`), and files about the whole site without one."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from pages.previews.share_link_view import shared_edition
from pages.visits import calendar_views, media_views, page_views, robots_views, search_views

app_name = "pages"
urlpatterns = [
    path("", page_views.front, name="front"),
    path(_("calendar/<int:event_id>.ics"), calendar_views.calendar, name="calendar"),
    path(_("search/"), search_views.search, name="search"),
    path("del/<str:token>/", shared_edition, name="shared"),
    path("<slug:slug>/", page_views.page, name="page"),
]

# Outside the namespace, and the same in every language.
site_urlpatterns = [
    path("robots.txt", robots_views.robots, name="robots"),
    path("sitemap.xml", robots_views.sitemap, name="sitemap"),
    re_path(media_views.ADDRESS, media_views.picture_file, name="picture_file"),
]
