"""Addresses about the whole site, the same in every language."""

from django.urls import path

from pages import site_views

urlpatterns = [
    path("robots.txt", site_views.robots, name="robots"),
    path("sitemap.xml", site_views.sitemap, name="sitemap"),
]
