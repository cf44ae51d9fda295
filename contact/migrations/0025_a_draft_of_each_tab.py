from django.db import migrations


class Migration(migrations.Migration):
    """Let two tabs of one colleague keep a draft each."""

    dependencies = [
        ("contact", "0024_reset_asked_action"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="casedraft", name="one_draft_of_each_writer"),
    ]
