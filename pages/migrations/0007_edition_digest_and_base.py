import json
from hashlib import sha256

import django.db.models.deletion
from django.db import migrations, models


def write_digests(apps, schema_editor):
    """Mark the editions of before, with the rule as it was when this was written."""
    for edition in apps.get_model("pages", "Edition").objects.filter(digest="").iterator(chunk_size=100):
        said = [{name: value for name, value in part.items() if value} for part in (edition.head, *edition.body)]
        written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        edition.digest = sha256(written.encode()).hexdigest()
        edition.save(update_fields=["digest"])


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0006_pictures_and_figures'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='based_on',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pages.edition'),
        ),
        migrations.AddField(
            model_name='edition',
            name='digest',
            field=models.CharField(default='', editable=False, max_length=64),
        ),
        migrations.RunPython(write_digests, migrations.RunPython.noop, elidable=True),
    ]
