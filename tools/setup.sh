#!/bin/sh
# Create .venv with Python 3.11 or newer and install this project with its tools into it.
# Safe to run at any time; when nothing has changed it does nothing. PYTHON=/path/to/python chooses the Python.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

venv=.venv
stamp=$venv/installed-for
needs_venv='import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'
needs_version='import sys; sys.exit(sys.version_info < (3, 11))'

# find_python CODE: print the first Python that runs CODE without complaint.
find_python() {
    code=$1
    set -- python3 python3.14 python3.13 python3.12 python3.11 python
    [ -z "${PYTHON:-}" ] || set -- "$PYTHON"
    for candidate in "$@"; do
        if "$candidate" -c "$code" >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

# choose_python: print a Python that can make virtual environments, after installing what Debian leaves out.
choose_python() {
    find_python "$needs_venv" && return
    [ -z "${PYTHON:-}" ] || give_up "PYTHON=$PYTHON is not a Python 3.11 or newer with the modules venv and ensurepip."
    if command -v apt-get >/dev/null 2>&1; then
        install_packages python3 python3-venv
        find_python "$needs_venv" && return
        other=$(find_python "$needs_version") ||
            give_up "Python 3.11 or newer is needed; the newest that apt-get offers here is $(python3 --version 2>&1)." \
                "Install a newer Python and run: PYTHON=/path/to/python3.11 make setup"
        give_up "$other has no module venv or ensurepip, which Debian packs apart." \
            "Install it: apt-get install python$("$other" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    fi
    other=$(find_python "$needs_version") ||
        give_up "Python 3.11 or newer is needed, and there is none on the PATH." \
            "Install it (Fedora: sudo dnf install python3; Arch: sudo pacman -S python; macOS: the installer of Python)," \
            "then run this again, or name it: PYTHON=/path/to/python3.11 make setup"
    give_up "$other has no module venv or ensurepip." "Install these for it, then run this again."
}

# The environment holds absolute paths, so it is good for this folder and this pyproject.toml only.
wanted="$(cksum <pyproject.toml) $(pwd -P)"
if [ -r $stamp ] && [ "$(cat $stamp)" = "$wanted" ] && $venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

usable=no
if [ -r $stamp ]; then
    case "$(cat $stamp)" in *" $(pwd -P)") $venv/bin/python -m pip --version >/dev/null 2>&1 && usable=yes ;; esac
fi
rm -f $stamp
if [ $usable = no ]; then
    python=$(choose_python)
    say "Creating $venv with $("$python" --version) ..."
    "$python" -m venv --clear $venv || give_up "The virtual environment could not be created; see the message above."
fi
say "Installing the project and its tools into $venv ..."
$venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' ||
    give_up "The packages could not be installed; pip's own message is above." \
        "The first run needs the network. Mend what pip names and run the same command again."
printf '%s\n' "$wanted" >$stamp
