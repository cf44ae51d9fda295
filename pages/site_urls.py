"""Addresses about the whole site, the same in every language."""

from django.urls import path, re_path

from pages.visits import media_views, robots_views

urlpatterns = [
    path("robots.txt", robots_views.robots, name="robots"),
    path("sitemap.xml", robots_views.sitemap, name="sitemap"),
    re_path(media_views.ADDRESS, media_views.picture_file, name="picture_file"),
]
