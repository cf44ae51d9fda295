"""How the site speaks HTTP: middleware, file storages, error filter, form renderer. No page is made here."""
