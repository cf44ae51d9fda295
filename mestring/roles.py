"""The roles of colleagues, and the rights of each. A colleague can hold several roles."""

from django.contrib.auth.models import Group, Permission

EDITORS = "Redaktører"
CLINICAL_REVIEWERS = "Fagansvarlige"  # beside Redaktører: writes down who has reviewed a page
INQUIRY_STAFF = "Innboks"
KEYHOLDERS = "Nøkkelansvarlige"  # beside Innboks: lets colleagues into the inbox, and removes them

# Content types by app label and model; editors never hold anything of `contact`.
RIGHTS = {
    EDITORS: [
        "pages.view_page", "pages.add_page", "pages.change_page", "pages.publish_page",
        "pages.view_picture", "pages.add_picture", "pages.change_picture", "pages.withdraw_picture",
        *(
            f"pages.{verb}_{block}"
            for block in (
                "textblock", "calloutblock", "dodontblock", "stepblock", "factorblock", "faqblock",
                "mythfactblock", "termblock", "tableblock", "resourcelinkblock", "figureblock", "quoteblock",
                "claimblock", "eventblock", "helplinesblock", "carecardblock", "contactpanelblock",
                "doorblock", "eventdate",
            )
            for verb in ("view", "add", "change", "delete")
        ),
        # An editor writes a claim; an administrator confirms it.
        *(f"pages.{verb}_{fact}" for fact in ("claim", "event", "notice") for verb in ("view", "add", "change")),
        "pages.delete_notice",
    ],
    CLINICAL_REVIEWERS: ["pages.view_page", "pages.review_page"],
    INQUIRY_STAFF: [
        "contact.view_inquiry", "contact.change_inquiry", "contact.view_accessentry",
        *(f"contact.{verb}_replytemplate" for verb in ("view", "add", "change")),
    ],
    KEYHOLDERS: ["contact.change_grant"],
}  # fmt: skip


def ensure_roles() -> None:
    """Set each role to exactly the rights in RIGHTS. Raises Permission.DoesNotExist when a name is wrong."""
    known = {
        f"{app}.{codename}": number
        for number, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    if unknown := {name for names in RIGHTS.values() for name in names} - set(known):
        raise Permission.DoesNotExist(", ".join(sorted(unknown)))
    for role, names in RIGHTS.items():
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in names])
