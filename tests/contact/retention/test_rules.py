"""Every field about a person has a rule that says how long it is kept, and what erases it."""

from itertools import chain

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import translation
from django.utils.module_loading import import_string

from contact.retention.rules import RULES, WITH_ACCOUNT, WITH_INQUIRY, WITH_MONTH, rules_of

WHOLE = [*apps.get_app_config("contact").get_models(), User, Session, LogEntry]


def own(model):
    """Return its fields, those to many among them, which Django 6.1 no longer calls concrete."""
    return [*model._meta.fields, *model._meta.many_to_many]


def fields(model):
    return {field.name for field in own(model)}


@pytest.mark.parametrize("model", WHOLE, ids=lambda model: model._meta.label)
def test_every_field_has_exactly_one_rule(model):
    named = [name for names in RULES.get(model._meta.label, {}).values() for name in names.split()]
    assert sorted(named) == sorted(fields(model))


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_field_that_names_a_colleague_has_a_rule(model):
    names = {field.name for field in own(model) if field.related_model is User}
    assert names <= set(rules_of(model._meta.label))


def test_no_rule_is_about_a_field_that_is_gone():
    for label in RULES:
        assert set(rules_of(label)) <= fields(apps.get_model(label))


def test_what_a_rule_says_is_carried_out_by_a_function_that_exists():
    for rules in RULES.values():
        for rule in rules:
            assert not rule.carried_out_by or callable(import_string(rule.carried_out_by))


def test_an_account_that_is_deleted_takes_its_name_along_but_for_the_access_log():
    for label in RULES:
        model = apps.get_model(label)
        for name, rule in rules_of(label).items():
            field = model._meta.get_field(name)
            if field.related_model is User:
                kept = field.remote_field.on_delete is models.DO_NOTHING
                assert kept is (rule == WITH_MONTH), f"{label}.{name}"
                gone = field.remote_field.on_delete in (models.SET_NULL, models.CASCADE)
                # A colleague with a key is removed from the keyring first, and the key goes then.
                by_ceremony = label == "contact.StaffKey" and field.remote_field.on_delete is models.PROTECT
                assert gone or by_ceremony or rule != WITH_ACCOUNT, f"{label}.{name}"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_rule_says_its_periods_in_words(language):
    with translation.override(language):
        for rule in set(chain(*RULES.values())):
            assert rule.sentence()
            assert "%" not in rule.sentence()


def test_a_changed_setting_changes_what_the_rule_says(settings):
    settings.INQUIRY_RETENTION_DAYS, settings.AUDIT_RETENTION_DAYS = 41, 1444
    with translation.override("en"):
        assert WITH_INQUIRY.sentence().startswith("Erased 41 days after")
        assert "1444 days after the month" in WITH_MONTH.sentence()
