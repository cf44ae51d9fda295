"""The address of the inbox: which cases, whose, from whom, and from which row on. Never what was written."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from contact.admin.inbox.keyset_pagination import Cursor, Order
from contact.cases import ownership
from contact.cases.deadlines import (
    inquiries_open_too_long,
    overdue_inquiries,
    steps_until_tonight,
    waiting_inquiries,
)
from contact.cases.unread import with_looks
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BY_DUE = Order("waiting_since", newest_first=False)
BY_STEP = Order("next_step_at", newest_first=False)
OLDEST_FIRST, NEWEST_FIRST = Order("received_at", newest_first=False), Order("received_at", newest_first=True)
ALLOWED = {
    "show": {"waiting", "over", "today", "open", "long", "closed"},
    "owner": {"all", "mine", "nobody"},
    "role": {"", *Inquiry.Role.values},
    "language": {"", *(code for code, _name in settings.LANGUAGES)},
}


@dataclass(frozen=True)
class ListQuery:
    """One way to look at the inbox. The default is what waits for an answer, the longest wait first."""

    show: str = "waiting"
    owner: str = "all"
    role: str = ""
    language: str = ""
    after: Cursor | None = None
    before: Cursor | None = None

    @classmethod
    def read(cls, asked: QueryDict) -> "ListQuery | None":
        """Return what a query string asks for; None when it asks for something that the page does not offer."""
        chosen: dict[str, Any] = {}
        for name, values in asked.lists():
            if name in ALLOWED and values[-1] in ALLOWED[name]:
                chosen[name] = values[-1]
            elif name in ("after", "before") and (cursor := Cursor.read(values[-1])):
                chosen[name] = cursor
            else:
                return None
        return cls(**chosen)

    def __str__(self) -> str:
        """Return the query string, without what has its default."""
        return urlencode({name: value for name, value in vars(self).items() if value != getattr(ListQuery, name)})

    def query_string_with(self, **other: Any) -> str:
        """Return the query string of this list with another choice, from its first row on."""
        return str(replace(self, **({"after": None, "before": None} | other)))

    @property
    def is_default(self) -> bool:
        """Say whether this is what the inbox shows by itself, on whichever page."""
        return self.query_string_with() == ""

    @property
    def order(self) -> Order:
        """Return the order of the rows: what waits by deadline, what is open for long with the oldest first."""
        return {"waiting": BY_DUE, "over": BY_DUE, "today": BY_STEP, "long": OLDEST_FIRST}.get(
            self.show, NEWEST_FIRST
        )

    def rows(self, user: "User", now: datetime) -> QuerySet[Any]:
        """Return the rows that are asked for, in no order yet. The long columns are left out."""
        shown = {
            "waiting": waiting_inquiries,
            "over": lambda: overdue_inquiries(now),
            "today": lambda: steps_until_tonight(now),
            "long": inquiries_open_too_long,
        }
        rows = shown.get(self.show, self._by_status)()
        if self.owner == "mine":
            rows = rows.filter(owner=user)
        elif self.owner == "nobody":
            rows = rows.filter(ownership.is_free())
        for name in ("role", "language"):
            if value := getattr(self, name):
                rows = rows.filter(**{name: value})
        return with_looks(rows).select_related("key").defer("locator", "sender_key")

    def _by_status(self) -> QuerySet[Inquiry]:
        return Inquiry.objects.filter(status=self.show)
