"""docs/operators.md as tests read it: what it tells an operator to type, and which lines tests type.

It asks neither Django nor pytest: the walk through a bare Debian (tests/deploy/walk) reads the guide too.
"""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs/operators.md"
# What a line in running text begins with that is typed by root. In a block of code every line is typed.
PROGRAMS = ("deploy/install ", "deploy/remove", "sh deploy/", "systemctl ", "journalctl ",
            "nginx -", "curl ", "df ", "du ")  # fmt: skip
SET = r"(?:[A-Z_]+=(?:\$\([^)]*\)|\S+) )*"  # settings before a command
MANAGE = re.compile(rf"^(?:mestringshusene|{SET}(?:\.venv/bin/python )?manage\.py) (?=[a-z])")
APPS = ("contact", "mestring", "pages")
OF_DJANGO = {"check", "collectstatic", "createsuperuser", "migrate"}


def text() -> str:
    return GUIDE.read_text(encoding="utf-8")


@cache
def management_commands() -> set[str]:
    """The names of our own commands, and of those of Django's that the guide speaks of."""
    files = [file for app in APPS for file in (ROOT / app).glob("**/management/commands/[a-z]*.py")]
    return OF_DJANGO | {file.stem for file in files}


def blocks(part: str) -> list[str]:
    """The blocks of code in a part of the guide, without their indent."""
    found = re.findall(r"(?:^ {4}\S.*\n(?: {4}.*\n)*)", part, re.MULTILINE)
    return [re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in found]


def under(heading: str) -> str:
    """The part of the guide between a heading and the next one."""
    (part,) = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text(), re.MULTILINE | re.DOTALL)
    return part


def is_file(block: str) -> bool:
    """Say whether a block is what a file holds, and not what is typed."""
    return block.startswith(("#!", "["))


def typed_lines(block: str) -> list[str]:
    """The lines of a block as a shell takes them: continued lines joined, what is said about them left out."""
    joined = block.replace("\\\n", " ")
    return [" ".join(re.sub(r"\s+# .*", "", line).split()) for line in joined.splitlines() if line.strip()]


def code() -> list[str]:
    """What stands as code in running text and in tables."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ {4}.*", "", text(), flags=re.MULTILINE))


@cache
def lines() -> list[str]:
    """Every line that the guide tells an operator to type, `mestringshusene` and `manage.py` left out."""
    found = [line for block in blocks(text()) if not is_file(block) for line in typed_lines(block)]
    commands = management_commands()
    found += [one for one in code() if one.startswith(PROGRAMS) or MANAGE.match(one) or one.split()[0] in commands]
    return [MANAGE.sub("", line) for line in found]


@cache
def managed() -> list[str]:
    """Those of them that are management commands."""
    return [line for line in lines() if line.split()[0] in management_commands()]


@cache
def called_in_tests(function: str) -> set[str]:
    """The text that each call of a function in the tests begins with."""
    found = set()
    for file in (ROOT / "tests").rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)) if f"{function}(" in source else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function:
                found |= {first.value for first in node.args[:1] if isinstance(first, ast.Constant)}
    return found


def filled_in(line: str, **given: object) -> str:
    """The line with what the operator puts in the place of each word in capitals."""
    for word, value in given.items():
        line = re.sub(rf"\b{word}\b", str(value), line)
    return line
