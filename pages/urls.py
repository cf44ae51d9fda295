"""Addresses of the pages, under each language's prefix."""

from django.urls import path

from pages import views

app_name = "pages"
urlpatterns = [
    path("", views.front, name="front"),
    path("<slug:slug>/", views.page, name="page"),
]
