#!/bin/sh
# Prove that a wheel is whole: build it, install it into an empty environment outside the repository, and make a course
# and its papers with nothing else. Needs the network for pip; PYTHON=/path/to/python chooses the Python.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
unset PYTHONPATH

"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$place" .
"$python" -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$place"/*.whl

cd "$place"
PATH="$place/venv/bin:$PATH"
m4ml init course
cd course
printf '\n[[entry]]\nuse = "eigen/stretch"\n' >>exams/quiz1.toml # a shipped problem besides the course's own
m4ml build exams/quiz1.toml
m4ml new vectors/shear
m4ml new spaces/plane --static
m4ml check --draws 50 vectors/shear spaces/plane
m4ml preview vectors/shear
for paper in quiz1/A/exam quiz1/A/key quiz1/A/solutions quiz1/B/exam preview/vectors-shear; do
    test -s "build/$paper.pdf" || { echo "build/$paper.pdf is missing" >&2 && exit 1; }
done
from=$(python -c 'import m4ml_exams; print(m4ml_exams.__file__)')
case "$from" in "$place"/*) ;; *) echo "The wheel was not used, but $from" >&2 && exit 1 ;; esac
echo "The wheel is whole."
