#!/bin/sh
# Make sure that pdflatex and the styles of the papers are there; install them where apt-get is at hand.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

styles="exam.cls tikz.sty pgfplots.sty lmodern.sty"

# missing: print what is not there; nothing when all is well.
missing() {
    if ! command -v pdflatex >/dev/null 2>&1 || ! command -v kpsewhich >/dev/null 2>&1; then
        printf 'pdflatex %s\n' "$styles"
        return
    fi
    # shellcheck disable=SC2086 # the styles are separate words
    found=$(kpsewhich $styles) || true
    for style in $styles; do
        case "$found" in *"/$style"*) ;; *) printf '%s ' "$style" ;; esac
    done
}

gap=$(missing)
[ -n "$gap" ] || exit 0
say "The papers are set by TeX, and this is missing: $gap"

case "$(command -v pdflatex || true)" in
    "" | /usr/bin/*) own_tex=no ;;
    *) own_tex=yes ;; # a TeX Live or MiKTeX from elsewhere, which apt-get does not look after
esac
case "$(uname -s)" in
    Darwin)
        give_up "Install MacTeX; or BasicTeX, and then: sudo tlmgr update --self && sudo tlmgr install exam pgf pgfplots lm" \
            "Open a new terminal afterwards, so that pdflatex is found."
        ;;
    MINGW* | MSYS* | CYGWIN*)
        give_up "Install TeX Live or MiKTeX with the packages exam, pgf, pgfplots and lm, and open a new terminal."
        ;;
esac
if [ $own_tex = yes ]; then
    give_up "Install it into your own TeX, for TeX Live: tlmgr install exam pgf pgfplots lm"
fi
if ! command -v apt-get >/dev/null 2>&1; then
    give_up "Install TeX Live with the packages exam, pgf, pgfplots and lm" \
        "(Fedora: sudo dnf install texlive-scheme-basic texlive-exam texlive-pgfplots texlive-lm;" \
        "Arch: sudo pacman -S texlive-latexextra texlive-pictures), then run this again."
fi

say "This takes a few minutes, once."
install_packages texlive-latex-extra texlive-pictures lmodern
gap=$(missing)
[ -z "$gap" ] || give_up "apt-get has installed TeX, but this is still missing: $gap" "Check which pdflatex is first on the PATH."
