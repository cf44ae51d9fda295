#!/bin/sh
# The quick part of the suite on the newest Python and then the newest Django, and the tests of the backup on the
# system's own Python: each in an environment outside the source tree, removed at the end. What this machine lacks is
# said, and is no failure.
set -u
cd "$(dirname "$0")/.." || exit 1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
failed=0

newest_python() {
    for minor in 20 19 18 17 16 15 14 13 12; do
        of_pyenv=$(command -v pyenv >/dev/null && ls -d "$(pyenv root)/versions/3.$minor."*/bin/python 2>/dev/null)
        for python in "python3.$minor" $of_pyenv; do
            # It must also start: pyenv puts names in PATH that only say which version is not chosen.
            command -v "$python" >/dev/null && "$python" -c '' 2>/dev/null && echo "$python" && return
        done
    done
}

install() { # NAME PYTHON: an environment with the locked packages
    PYTHON=$2 sh deploy/install.sh "$folder/$1" requirements/dev.txt
}

prove() { # NAME ARGUMENTS…: the tests in that environment
    bin=$folder/$1/bin && shift
    echo "Tests on $("$bin/python" --version), Django $("$bin/python" -m django --version):"
    "$bin/python" -m pytest -q -n auto --dist loadgroup "$@" || failed=1
}

newest=${NEWEST_PYTHON:-$(newest_python)}
if [ -z "$newest" ]; then
    echo "NOT PROVEN: no Python newer than 3.11 was found (NEWEST_PYTHON=path names one)."
elif install newest "$newest"; then
    prove newest -m "not browser"
    if "$folder/newest/bin/pip" install --quiet --disable-pip-version-check --upgrade Django; then
        prove newest -m "not browser"
    else
        echo "NOT PROVEN: the newest Django could not be installed." && failed=1
    fi
else
    failed=1
fi

# Debian's own Python lacks what its maintainers did not bring over from later releases of the same version.
system=/usr/bin/python3
if ! command -v "$system" >/dev/null || ! "$system" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "NOT PROVEN: $system is missing, older than 3.11, or without ensurepip (package python3-venv)."
elif install system "$system"; then
    PROOFS=drills prove system tests/mestring/backup
else
    failed=1
fi
exit "$failed"
