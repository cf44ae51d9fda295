import re
from hashlib import sha256
from html import unescape

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max

# What follows is a copy of the code of that day: a migration that imports the code of today breaks with it.
LANGUAGES, SOURCE = ["nb", "nn", "en"], "nb"
NOT_TRANSLATED = {"slug"}
LINK = re.compile(r'<a href="([^"]*)">')
INLINE = re.compile(r"</?(?:strong|em|a)>")
BREAK = re.compile(r"</?(?:p|h2|h3|ul|ol|li)>|<br ?/?>")


def mark_of(text):
    """Return a digest of the words and of where links lead; markup and spaces make no difference."""
    words = LINK.sub(r" [\1] ", text or "")
    words = " ".join(unescape(BREAK.sub(" ", INLINE.sub("", words))).split())
    return sha256(words.encode()).hexdigest()[:16] if words else ""


def pairs_in(head, body, language):
    """Return (place, mark of the source, mark of the translation) for each text of an edition that has words."""
    pairs = [
        (f"{part.get('type', 'page')}.{name}", mark_of(text.get(SOURCE)), mark_of(text.get(language)))
        for part in (head, *body)
        for name, text in part.items()
        if isinstance(text, dict) and name not in NOT_TRANSLATED
    ]
    return [pair for pair in pairs if pair[1] or pair[2]]


def pair_mark(pair):
    """Return what is stored of a pair that matches."""
    return sha256(" ".join(pair).encode()).hexdigest()[:16]


def begin(apps, schema_editor):
    """Store every translation as matching its source: when it was made is not known, so none counts as outdated."""
    editions, rows = apps.get_model("pages", "Edition"), apps.get_model("pages", "PageTranslation")
    newest = editions.objects.values("page").annotate(newest=Max("pk")).values("newest")
    for edition in editions.objects.filter(pk__in=newest).iterator(chunk_size=100):
        made = []
        for language in LANGUAGES:
            complete = language in edition.head["languages"]
            pairs = [] if language == SOURCE else pairs_in(edition.head, edition.body, language)
            known = sorted({pair_mark(pair) for pair in pairs if complete or pair[2]})
            said = [list(pair) for pair in pairs]
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
