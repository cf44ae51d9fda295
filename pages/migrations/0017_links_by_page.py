import re
from datetime import datetime, timezone
from html import unescape

import django.db.models.deletion
from django.db import migrations, models
from django.utils.html import strip_tags

# What follows is a copy of the code of that day: a migration that imports the code of today breaks with it.
LONGEST_ADDRESS = 1000
PAGE_LINK = re.compile(r'(?:^|<a href=")page:(\d{1,9})(?:"|$)')
HREF = re.compile(r'<a href="(https?://[^"]+)">', re.IGNORECASE)
WRITTEN_OUT = re.compile(r"https?://[^\s<>\"“”«»|]+", re.IGNORECASE)
CLOSING = ".,;:!?)]'’"


def texts_in(value):
    """Yield every text of stored data."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from texts_in(part)


def targets_in(body):
    """Return the numbers of the pages that a stored body links to."""
    return {int(number) for text in texts_in(body) if "page:" in text for number in PAGE_LINK.findall(text)}


def addresses_in(body):
    """Return the web addresses in a stored body, linked or written out."""
    found = set()
    for text in texts_in(body):
        if "://" in text:
            words = unescape(strip_tags(text)) if "<" in text else text
            found |= {unescape(href) for href in HREF.findall(text)}
            found |= {address.rstrip(CLOSING) for address in WRITTEN_OUT.findall(words)}
    return {address for address in found if len(address) <= LONGEST_ADDRESS}


def list_links(apps, schema_editor):
    """Write one row for each link of the editions that count: the newest of a page, the live and the waiting one."""
    editions = apps.get_model("pages", "Edition").objects.filter(page__deleted_at=None)
    outside_link, inside_link = apps.get_model("pages", "OutsideLink"), apps.get_model("pages", "InsideLink")
    now = datetime.now(timezone.utc)
    newest = {
        row["newest"] for row in editions.order_by().values("page").annotate(newest=models.Max("pk")).iterator()
    }
    spans = {number: (True, None, None) for number in newest}
    times = editions.exclude(live_from=None).order_by("page", "-live_from", "-pk")
    page, replaced, over = None, None, False
    for number, of_page, begins, ends in times.values_list("pk", "page", "live_from", "live_until").iterator():
        if of_page != page:
            page, replaced, over = of_page, None, False
        if begins > now and ends is not None and ends <= begins:
            continue
        if not over and (ends is None or ends > now):
            until = min((moment for moment in (ends, replaced) if moment), default=None)
            spans[number] = (number in newest, begins, until)
        replaced, over = begins, over or begins <= now
    names = ("newest", "shown_from", "shown_until")
    outside, inside = [], []
    for number in sorted(spans):
        # One by one: a batch of long pages would take more memory than a small server has.
        edition = editions.only("page_id", "head", "body").get(pk=number)
        shared = {"page_id": edition.page_id, "edition_id": number, **dict(zip(names, spans[number]))}
        for address in addresses_in([edition.head.get("lead"), edition.body]):
            outside.append(outside_link(address=address, **shared))
        for target in targets_in(edition.body):
            inside.append(inside_link(target=target, above=False, **shared))
        if edition.head.get("parent"):
            inside.append(inside_link(target=edition.head["parent"], above=True, **shared))
        if len(outside) + len(inside) > 1000:
            outside_link.objects.bulk_create(outside)
            inside_link.objects.bulk_create(inside)
            outside, inside = [], []
    outside_link.objects.bulk_create(outside)
    inside_link.objects.bulk_create(inside)


def tell_starter_pages(apps, schema_editor):
    """Note on the first edition of each starter page that the starter content made it, not a person."""
    editions = apps.get_model("pages", "Edition").objects
    for page in apps.get_model("pages", "StarterRecord").objects.exclude(page=None).values_list("page", flat=True):
        first = editions.filter(page=page).order_by("pk").values_list("pk", flat=True).first()
        editions.filter(pk=first, saved_by=None, note="").update(note="Fra startinnholdet")


def named_by():
    """The columns that both kinds of links have."""
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("newest", models.BooleanField(default=False)),
        ("shown_from", models.DateTimeField(null=True)),
        ("shown_until", models.DateTimeField(null=True)),
        ("edition", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="pages.edition")),
        ("page", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="pages.page")),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ("pages", "0016_moved_editions"),
    ]

    operations = [
        migrations.DeleteModel(name="OutsideLink"),  # its rows are written anew below
        migrations.CreateModel(
            name="OutsideLink",
            fields=[*named_by(), ("address", models.CharField(max_length=1000))],
            options={
                "verbose_name": "link out of the website",
                "verbose_name_plural": "links out of the website",
                "constraints": [
                    models.UniqueConstraint(fields=["edition", "address"], name="one_outside_link_per_edition")
                ],
                "indexes": [
                    models.Index(
                        fields=["address", "newest", "shown_from", "shown_until", "page"],
                        name="outside_link_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InsideLink",
            fields=[
                *named_by(), ("target", models.PositiveIntegerField()), ("above", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "link inside the website",
                "verbose_name_plural": "links inside the website",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["edition", "target", "above"], name="one_inside_link_per_edition"
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["target", "above", "newest", "shown_from", "shown_until", "page"],
                        name="inside_link_target",
                    )
                ],
            },
        ),
        migrations.RemoveIndex(model_name="edition", name="edition_page_live_from"),
        migrations.RemoveIndex(model_name="page", name="page_level"),
        migrations.AlterField(
            model_name="edition", name="live_from",
            field=models.DateTimeField(blank=True, null=True, verbose_name="live from"),
        ),
        migrations.AddIndex("edition", models.Index(fields=["page", "live_from", "live_until"], name="edition_page_span")),
        migrations.AddIndex("edition", models.Index(fields=["live_from", "live_until", "page"], name="edition_live_from")),
        migrations.AddIndex(
            "edition",
            models.Index(
                condition=models.Q(live_until__isnull=False), fields=["live_until", "live_from", "page"],
                name="edition_live_until",
            ),
        ),
        migrations.AddIndex("linkcheck", models.Index(fields=["ok", "address"], name="link_check_ok")),
        migrations.AddIndex("page", models.Index(fields=["deleted_at", "position"], name="page_order")),
        migrations.AddIndex("page", models.Index(fields=["deleted_at", "parent", "position"], name="page_level")),
        migrations.AddIndex("page", models.Index(fields=["deleted_at", "kind", "position"], name="page_kind")),
        migrations.AddIndex("page", models.Index(fields=["deleted_at", "changed"], name="page_changed")),
        migrations.AddIndex("page", models.Index(fields=["deleted_at", "title_nb"], name="page_title")),
        migrations.AddIndex("page", models.Index(fields=["deleted_at", "position", "title_nb", "title_nn", "title_en"], name="page_titles")),
        migrations.AddIndex("page", models.Index(fields=["clinical", "deleted_at", "reviewed_on", "next_review_on"], name="page_review")),
        migrations.AddIndex(
            "edition",
            models.Index(
                condition=models.Q(live_from=None, moved_from=None), fields=["saved_by", "page"],
                name="edition_draft_of",
            ),
        ),
        migrations.AddIndex(
            "edition",
            models.Index(condition=models.Q(moved_from=None), fields=["page"], name="edition_written"),
        ),
        migrations.RunPython(list_links, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(tell_starter_pages, migrations.RunPython.noop, elidable=True),
    ]
