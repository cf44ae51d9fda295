"""The roles of colleagues, and the rights of each. A colleague can hold several roles."""

from django.contrib.auth.models import Group, Permission, User

EDITORS = "Redaktører"
CLINICAL_REVIEWERS = "Fagansvarlige"  # beside Redaktører: writes down who has reviewed a page
INQUIRY_STAFF = "Innboks"
KEYHOLDERS = "Nøkkelansvarlige"  # beside Innboks: lets colleagues into the inbox, and removes them
ACCOUNTS = "Kontoer"  # administers: colleagues, roles, the clinic's facts, the launch list; never an inquiry

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
    ACCOUNTS: [
        *(f"auth.{verb}_user" for verb in ("view", "add", "change")), "auth.view_group",
        *(f"pages.{verb}_clinic" for verb in ("view", "change")),
        *(f"pages.{verb}_helpline" for verb in ("view", "add", "change", "delete")),
        *(f"pages.{verb}_claim" for verb in ("view", "change", "confirm")),
        *(f"pages.{verb}_launchconfirmation" for verb in ("view", "change")),
        "pages.view_page",
        "backup.view_backupnight", *(f"backup.{verb}_restoredrill" for verb in ("view", "add", "delete")),
    ],
}  # fmt: skip


def ensure_roles() -> None:
    """Set each role to exactly the rights in RIGHTS. Raises Permission.DoesNotExist when a name is wrong.

    A site from before ACCOUNTS counted its superusers as readers. What they had is written down as roles, once,
    so that no inbox is left without readers, and so that it can be seen and taken away.
    """
    known = {
        f"{app}.{codename}": number
        for number, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    if unknown := {name for names in RIGHTS.values() for name in names} - set(known):
        raise Permission.DoesNotExist(", ".join(sorted(unknown)))
    had = set(Group.objects.values_list("name", flat=True))
    Group.objects.bulk_create([Group(name=role) for role in RIGHTS if role not in had], ignore_conflicts=True)
    numbers = dict(Group.objects.filter(name__in=RIGHTS).values_list("name", "pk"))
    wanted = {(numbers[role], known[name]) for role, names in RIGHTS.items() for name in names}
    rows = Group.permissions.through.objects.filter(group__in=numbers.values())
    held = {(group, right): pk for pk, group, right in rows.values_list("pk", "group_id", "permission_id")}
    rows.filter(pk__in=[held[pair] for pair in held.keys() - wanted]).delete()
    rows.bulk_create(
        [rows.model(group_id=group, permission_id=right) for group, right in sorted(wanted - held.keys())],
        ignore_conflicts=True,
    )
    if INQUIRY_STAFF in had and ACCOUNTS not in had:
        for user in User.objects.filter(is_superuser=True):
            user.groups.add(*Group.objects.filter(name__in=(INQUIRY_STAFF, KEYHOLDERS)))
