import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max

from pages.languages import LANGUAGES, SOURCE
from pages.diff.translation_pairs import pairs_in


def begin(apps, schema_editor):
    """Let what stands there today match: nobody noted when a translation was made, so none is called old.

    The marks are those of the code that will read them.
    """
    editions, rows = apps.get_model("pages", "Edition"), apps.get_model("pages", "PageTranslation")
    newest = editions.objects.values("page").annotate(newest=Max("pk")).values("newest")
    for edition in editions.objects.filter(pk__in=newest).iterator(chunk_size=100):
        made = []
        for language in LANGUAGES:
            complete = language in edition.head["languages"]
            pairs = [] if language == SOURCE else pairs_in(edition.head, edition.body, language)
            known = sorted({pair.mark for pair in pairs if complete or pair.translation})
            said = [[pair.place, pair.source, pair.translation] for pair in pairs]
            state = "current" if complete else "missing"
            made.append(rows(page_id=edition.page_id, language=language, state=state, known=known, said=said))
        for row in made:
            row.left = sum(one.state != "current" for one in made) if row.language == SOURCE else 0
        rows.objects.bulk_create(made, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0012_previews_and_share_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='PageTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('nb', 'nb'), ('nn', 'nn'), ('en', 'en')], max_length=5, verbose_name='language')),
                ('state', models.CharField(choices=[('missing', 'Missing'), ('outdated', 'Look through'), ('current', 'Current')], default='missing', max_length=10, verbose_name='state')),
                ('known', models.JSONField(default=list)),
                ('said', models.JSONField(default=list)),
                ('left', models.PositiveSmallIntegerField(default=0)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translation_rows', to='pages.page', verbose_name='page')),
            ],
            options={
                'verbose_name': 'translation of a page',
                'verbose_name_plural': 'translations of pages',
                'indexes': [models.Index(fields=['language', 'left', 'page'], name='page_translation_left'), models.Index(fields=['language', 'state', 'page'], name='page_translation_state')],
                'constraints': [models.UniqueConstraint(fields=('page', 'language'), name='one_row_per_page_and_language')],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop, elidable=True),
    ]
