#!/bin/sh
# Fill .venv with exactly the packages of a lock file: sh setup.sh requirements.txt
set -eu
cd "$(dirname "$0")"

lock=$1
python=${PYTHON:-python3}
bin=.venv/bin
installed=.venv/installed # the lock files whose packages are in, kept as they were
ours=.venv/made-by-setup # only what has this mark is ever deleted
log=.venv/setup.log

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

build() {
    name=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
        stop "'$python' does not run: install Python 3.11 or newer, or say where one is with PYTHON=..."
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "'$python' is Python $name, which is too old: install Python 3.11 or newer, or say where one is with PYTHON=..."
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "'$python' cannot make environments: install its venv module (on Debian and Ubuntu: apt install python$name-venv)."
    rm -rf .venv
    mkdir .venv
    touch "$ours"
    "$python" -m venv .venv ||
        stop "No environment could be made in .venv: see what Python says above, mend it and try again."
}

why() {
    if grep -qE 'Retrying|ProxyError|ConnectionError|ConnectTimeout' "$log"; then
        echo "The package index cannot be reached: connect to the network, or set its proxy (HTTPS_PROXY=...), and try again."
    else
        echo "The packages of $lock cannot be installed ($(sed -n 's/^ERROR: //p' "$log" | tail -n 1)): $log says more; if a package is not there for this Python, delete .venv and choose Python 3.11 to 3.14 with PYTHON=..."
    fi
}

names() { # of the packages in a list of name==version, each written in one way
    sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' "$@" | tr 'A-Z_.' 'a-z\-\-' | sort -u
}

fill() {
    # No resolver: with hashes, older pips refuse a complete lock as soon as a package that another wants with an extra
    # has a newer release. --no-deps takes the lock as it is with every pip, and `pip check` proves that nothing is missing.
    # No building either, for what a build needs is not locked. Without --compile only what is used is compiled, in use.
    set -- --no-input --disable-pip-version-check
    $bin/python -m pip install --quiet "$@" --no-deps --require-hashes --only-binary :all: --no-compile -r "$lock" \
        >"$log" 2>&1 || return
    names requirements-dev.txt >"$log.locked"
    surplus=$($bin/python -m pip list "$@" --format freeze | names | grep -vxF -e pip -e setuptools -f "$log.locked" || true)
    # shellcheck disable=SC2086
    [ -z "$surplus" ] || $bin/python -m pip uninstall --quiet --yes "$@" $surplus >>"$log" 2>&1 || return
    $bin/python -m pip check "$@" >"$log" || stop "$lock is not complete ($(tail -n 1 "$log")): run make lock."
}

# The maintainers' commands by their own name, from whatever folder: a script, for to build a package would fetch what is
# not locked. It finds the repository from where it lies itself.
SCRIPT='#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
PYTHONPATH="$here/../..${PYTHONPATH:+:$PYTHONPATH}" exec "$here/python" -P -m dashboard "$@"'

offer() {
    [ "$(cat $bin/defence-ties 2>/dev/null)" != "$SCRIPT" ] && [ -w $bin ] || return 0
    rm -f $bin/defence-ties # it may be one that pip made
    printf '%s\n' "$SCRIPT" >$bin/defence-ties
    chmod +x $bin/defence-ties
}

runs() { $bin/python -c '' 2>/dev/null; }

if runs && cmp -s "$lock" "$installed/$lock"; then
    offer
    exit 0
fi
[ ! -L .venv ] || stop ".venv is a link, and what it leads to does not hold $lock: set it up where it lies, or delete the link and try again."
echo "Setting up .venv from $lock ..."
# What an earlier try left half-made has no list of what is in: it is made anew.
if ! runs || ! [ -d "$installed" ]; then
    [ ! -e .venv ] || [ -e "$ours" ] || stop ".venv was not made by this set-up: move it away or delete it, and try again."
    build
    mkdir "$installed"
fi
mv "$installed" "$installed.before"
if ! fill; then
    mv "$installed.before" "$installed" # pip takes back what it could not finish
    stop "$(why)"
fi
mv "$installed.before" "$installed"
for file in requirements.txt "$lock"; do cp "$file" "$installed/"; done
offer
