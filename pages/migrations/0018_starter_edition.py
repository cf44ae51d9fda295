import django.db.models.deletion
from django.db import migrations, models

NOTES = ("Fra startinnholdet", "Frå startinnhaldet", "From the starter content")


def find_editions(apps, schema_editor):
    """Note the loader's edition where the loader alone ever saved the page; every other page is the editors'.

    An edition without an author proves nothing: its author's account may be deleted. The note does.
    """
    editions = apps.get_model("pages", "Edition").objects
    for record in apps.get_model("pages", "StarterRecord").objects.exclude(page=None):
        saves = list(editions.filter(page=record.page_id).order_by("-pk").defer("head", "body"))
        if saves and all(one.note in NOTES and one.saved_by_id is None for one in saves):
            newest = saves[0]
            if newest.live_from and newest.live_until is None:
                record.edition_id, record.shown_from = newest.pk, newest.live_from
                record.save(update_fields=["edition", "shown_from"])


class Migration(migrations.Migration):

    dependencies = [
        ("pages", "0017_links_by_page"),
    ]

    operations = [
        migrations.AddField(
            model_name="starterrecord",
            name="edition",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="pages.edition"
            ),
        ),
        migrations.AddField(
            model_name="starterrecord",
            name="shown_from",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(find_editions, migrations.RunPython.noop, elidable=True),
    ]
