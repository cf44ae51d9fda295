"""Whatever colleagues and keyholders do, every inquiry opens for the holders, and for them alone."""

import itertools

import pytest
from django.contrib.auth.models import Permission, User
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contact.cases.reading import unseal
from contact.crypto import passphrase
from contact.crypto.sealing import SealBroken
from contact.keys import colleagues, generations, key_holders, recovery, staff_keys
from contact.keys.keyring import KeyringRefused, KeysMissing, fingerprint_file
from contact.keys.recovery_paper import PaperWrong
from contact.models import InboxKey, Inquiry
from contact.sender.intake import store
from contact.sender.receipt import receipt_for
from tests.contact.conftest import CANARY, with_paper
from tests.proofs import examples

STAFF = ("berit", "ola", "nils")
STEPS = [
    "enrol",
    "forget",
    "change",
    "let in",
    "let in with paper",
    "remove",
    "generation",
    "server",
    "new paper",
    "send",
    "tidy",
]
SEQUENCES = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from(STAFF), st.sampled_from(STAFF)), max_size=14
)

A_WHOLE_LIFE = [
    ("enrol", "berit berit"), ("let in with paper", "berit berit"), ("enrol", "ola ola"), ("let in", "ola berit"),
    ("enrol", "nils nils"), ("server", "berit berit"), ("send", "ola ola"), ("generation", "ola ola"),
    ("let in", "nils ola"), ("change", "ola ola"), ("remove", "berit ola"), ("send", "ola ola"),
    ("new paper", "ola ola"), ("send", "ola ola"),
    ("forget", "nils nils"), ("let in", "nils ola"), ("tidy", "ola ola"),
    ("remove", "ola nils"),
    ("remove", "nils nils"),
]  # fmt: skip


class Undo(Exception):
    """Take back what one sequence did."""


class Notebook:
    """Who should be able to open, by the rules in plain words; and the real keys to try it with."""

    def __init__(self, paper):
        self.paper = paper
        self.users = {name: User.objects.create(username=name, is_staff=True) for name in STAFF}
        for user in self.users.values():
            user.user_permissions.add(Permission.objects.get(codename="change_inquiry"))
        self.keys = {}  # name -> (staff key, passphrase)
        self.gone = []  # openers of those who must open nothing any more
        self.inside, self.server, self.numbers = set(), True, itertools.count()

    def opener(self, name):
        staff_key, phrase = self.keys[name]
        staff_key.refresh_from_db()
        return staff_keys.opener_of(staff_key, staff_keys.open_private_key(staff_key, phrase))

    def retire(self, name):
        if name in self.keys:
            self.gone.append(self.opener(name))
            del self.keys[name]
        self.inside.discard(name)

    def do(self, step, name, other):
        match step:
            case "enrol" | "forget":
                if (name in self.keys) == (step == "forget"):
                    self.retire(name)
                    phrase = f"ny frase nummer {next(self.numbers)} fra skogen"
                    self.keys[name] = colleagues.enrol(self.users[name], phrase), phrase
            case "change" if name in self.keys:
                staff_key, phrase = self.keys[name]
                fresh = f"byttet frase {next(self.numbers)} over fjellet"
                old = staff_keys.open_private_key(staff_key, phrase)
                staff_keys.change_passphrase(staff_key, old, fresh)
                self.gone.append(staff_keys.opener_of(staff_key, old))
                self.keys[name] = staff_key, fresh
                staff_key.refresh_from_db()
            case "let in" if name in self.keys and other in self.keys:
                colleagues.let_in([self.keys[name][0]], self.opener(other))
                self.inside.add(name)
            case "let in with paper" if name in self.keys:
                recovery.prove_paper(self.paper)
                colleagues.let_in([self.keys[name][0]], with_paper(self.paper))
                self.inside.add(name)
            case "remove" if name in self.keys:
                colleagues.remove(self.keys[name][0], opener=self.removal_opener(name, other))
                self.retire_removed(name)
            case "generation" if name in self.keys:
                generations.new_generation(self.opener(name))
            case "new paper" if name in self.keys:
                opener, old = self.opener(name), self.paper
                self.paper = recovery.print_new_paper(opener)
                try:
                    recovery.replace_paper(self.paper, opener)
                except BaseException:
                    self.paper = old
                    raise
                self.gone.append(with_paper(old))
            case "server" if name in self.keys:
                generations.remove_server(self.opener(name))
                self.server = False
            case "send":
                self.send()
            case "tidy":
                Inquiry.objects.order_by("received_at").first().delete()
                self.send()
                InboxKey.objects.update(created="2020-01-01T00:00Z")
                generations.delete_unused_grants()

    def removal_opener(self, name, other):
        self.going = self.opener(name)
        return self.opener(other) if other in self.inside and other != name else with_paper(self.paper)

    def retire_removed(self, name):
        self.gone.append(self.going)
        del self.keys[name]
        self.inside.discard(name)

    def send(self):
        number = next(self.numbers).to_bytes(32)
        store(
            receipt_for(number, "patient", {"message": CANARY}),
            "patient",
            "nb",
            {"message": CANARY},
            suspicious=False,
        )

    def check(self):
        waiting = [self.opener(name) for name in set(self.keys) - self.inside]
        may = [with_paper(self.paper), *(self.opener(name) for name in self.inside)]
        may_not = [*self.gone, *waiting]
        (may if self.server else may_not).append(key_holders.open_with_server_grant)
        for inquiry in Inquiry.objects.select_related("key"):
            assert all(reads(opener, inquiry) for opener in may)
            assert not any(reads(opener, inquiry) for opener in may_not)


def reads(opener, inquiry):
    try:
        return unseal(inquiry, opener(inquiry.key))["message"] == CANARY
    except (KeysMissing, PaperWrong, SealBroken):
        return False


@pytest.mark.django_db
def test_after_any_sequence_of_steps_each_inquiry_opens_for_those_who_are_in_and_for_no_other(inquiry, printed):
    @settings(max_examples=examples(15, times=27), deadline=None, database=None)
    @given(SEQUENCES)
    @example([(step, *names.split()) for step, names in A_WHOLE_LIFE])
    def try_one(sequence):
        written_down = fingerprint_file().read_bytes()
        try:
            with transaction.atomic():
                notebook = Notebook(printed)
                for step, name, other in sequence:
                    try:
                        with transaction.atomic():
                            notebook.do(step, name, other)
                    except (KeyringRefused, KeysMissing):
                        pass  # and nothing has changed: the check says so
                    notebook.check()
                raise Undo
        except Undo:
            fingerprint_file().write_bytes(
                written_down
            )  # it lies outside the database, so nothing else takes it back

    assert passphrase.COST.memory_kib == 8
    try_one()
