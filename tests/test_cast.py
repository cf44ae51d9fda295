"""The cast that is put back is the cast that was made."""

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import transaction

from tests.cast import PASSWORD, make_cast, put_cast


def everyone() -> dict:
    roles = {
        group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()
    }
    people = {
        user.username: (
            user.is_staff, user.is_superuser, user.is_active, user.check_password(PASSWORD),
            set(user.groups.values_list("name", flat=True)),
        )
        for user in User.objects.all()
    }  # fmt: skip
    return {"roles": roles, "people": people, "rows": rows()}


def rows() -> dict:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def undone(make) -> dict:
    with transaction.atomic():
        make()
        seen = everyone()
        transaction.set_rollback(True)
    return seen


def test_it_has_the_same_people_roles_and_rights_and_no_row_elsewhere(db):
    made = undone(make_cast)
    undone(put_cast)  # by now its rows are known, whichever test came first
    assert undone(put_cast) == made
    assert made["people"].keys() == {"astrid", "ragna", "ivar", "kari", "tove", "olav"}


def test_it_joins_those_who_are_there_already(db):
    undone(put_cast)
    User.objects.create_user("hanne")
    put_cast()
    assert User.objects.count() == 7
