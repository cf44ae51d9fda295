from django.db import migrations, models


class Migration(migrations.Migration):
    """Mark what came above the limit of its network."""

    dependencies = [
        ("contact", "0025_a_draft_of_each_tab"),
    ]

    operations = [
        migrations.AddField(
            model_name="inquiry",
            name="set_apart",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
