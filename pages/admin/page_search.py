"""The search of the list of pages: titles, addresses and every text, as they stand in the form."""

from django.db.models import Max

from pages.languages import LANGUAGES
from pages.models import Edition
from pages.rendering.plain_text import body_text
from pages.search.words import fold, words_in

READ = ("title", "menu_title", "slug", "lead", "description")


def pages_with(question: str) -> set[int]:
    """Return the ids of the pages whose newest edition has each word of the question, in some language."""
    asked = [fold(word) for word in question.split()]
    newest = Edition.objects.values("page").annotate(newest=Max("pk")).values("newest")
    editions = Edition.objects.filter(pk__in=newest).values_list("page_id", "head", "body")
    return {page_id for page_id, head, body in editions.iterator() if _has(asked, words_of(head, body))}


def words_of(head: dict, body: list[dict]) -> str:
    """Return the words of an edition in every language, as they are compared, each between spaces."""
    texts = [head[name].get(language, "") for name in READ if name in head for language in LANGUAGES]
    texts += [body_text(body, language) for language in LANGUAGES]
    return " ".join(word.word for text in texts for word in words_in(text))


def _has(asked: list[str], words: str) -> bool:
    return all(word in words for word in asked)
