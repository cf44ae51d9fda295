"""Which addresses ask anew who it is: one table for the whole admin. A test holds every address to it."""

from django.http import HttpRequest

# Asked when the page is opened, so that nothing is typed in vain, and again when its form comes too late.
PAGES = {
    "contact_inquiry_erase", "contact_inquiry_export",
    "contact_staffkey_changelist", "contact_grant_changelist", "contact_grant_remove",
    "contact_grant_key", "contact_grant_paper",
    "auth_user_add", "auth_user_change", "auth_user_delete", "auth_user_password_change",
    "auth_group_add", "auth_group_change", "auth_group_delete",
    "password_change", "second_factor_reset", "sign_on_connect", "sign_on_unlink",
    "incident_begin",
    "add_app", "remove_app", "add_passkey", "own_passkey", "new_recovery_codes",
}  # fmt: skip
# Asked when the button is pressed: of a page that many only look at, or that no one opens.
BUTTONS = {
    "contact_inquiry_copy",
    "contact_grant_let_in", "contact_grant_remove_server", "contact_grant_new_key",
    "contact_grant_delete_paper_file", "contact_grant_delete_key_file",
    "contact_grant_prove_again", "contact_grant_show_first_paper", "contact_grant_print_new_paper",
    "contact_grant_replace_paper", "contact_grant_keep_old_paper",
    "auth_user_changelist", "auth_group_changelist",
    "incident",
}  # fmt: skip


def asks_anew(request: HttpRequest) -> bool:
    """Say whether what is asked for takes a login that was confirmed a moment ago."""
    name = request.resolver_match.url_name if request.resolver_match else None
    return name in PAGES or (name in BUTTONS and request.method == "POST")
