#!/bin/sh
# usage: install.sh VENV LOCKFILE – make the virtual environment if needed and install what the lock file lists.
set -eu
venv=$1 lock=$2 python=${PYTHON:-python3}
command -v "$python" >/dev/null || { echo "Python is missing: install python3 (3.11 or newer)." >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "$("$python" --version) is too old: Python 3.11 or newer is needed (make PYTHON=python3.13 …)." >&2; exit 1; }
# Asked is whether it works: an upgrade of the system can put another Python under an environment, without packages.
if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    "$python" -c 'import ensurepip' 2>/dev/null || {
        echo "Python's ensurepip is missing: on Debian or Ubuntu, install the package python3-venv." >&2; exit 1; }
    mkdir -p "$venv" 2>/dev/null && [ -w "$venv" ] || { echo "Cannot write to the folder $(pwd)." >&2; exit 1; }
    echo "Making a virtual environment in $venv …"
    "$python" -m venv --clear "$venv"
fi
echo "Installing packages from $lock …"
"$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$lock"
