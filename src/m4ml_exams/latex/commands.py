"""What TeX commands take and make, as far as the text round a value depends on it."""

from __future__ import annotations

from functools import cache

from pylatexenc import latex2text, latexwalker

_ARGUMENTS = {
    **dict.fromkeys(("dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "overset", "underset", "stackrel"), 2),
    **dict.fromkeys(("boldsymbol", "bm", "mathbbm", "operatorname", "mathop", "mathbin", "mathrel", "mathord"), 1),
    **dict.fromkeys(("phantom", "hphantom", "vphantom", "fbox", "framebox", "makebox", "lvec", "substack", "tag"), 1),
    **dict.fromkeys(("blank", "titledquestion", "uplevel", "fullwidth", "cline", "pmod", "pod"), 1),
    **dict.fromkeys(("multicolumn", "multirow"), 3),
    **dict.fromkeys(("truefalse", "row", "followthrough"), 1),
    **dict.fromkeys(("samplerow", "restate"), 0),
    "pick": 2,
    **dict.fromkeys(("part", "subpart", "subsubpart", "question", "choice", "CorrectChoice", "correctchoice"), 0),
    **dict.fromkeys(("fillin", "answerline", "bonusquestion", "bonuspart", "noaddpoints", "addpoints"), 0),
    **dict.fromkeys(("hline", "toprule", "midrule", "bottomrule", "noindent", "newpage", "pagebreak", "par"), 0),
    **dict.fromkeys(("left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr"), 0),
    **dict.fromkeys(("biggl", "biggr", "Biggl", "Biggr", "limits", "nolimits", "displaystyle", "textstyle"), 0),
    **dict.fromkeys(("bfseries", "itshape", "ttfamily", "sffamily", "scshape", "normalfont", "centering"), 0),
    **dict.fromkeys(("tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE"), 0),
    **dict.fromkeys(("smallskip", "medskip", "bigskip", "hfill", "vfill", "newline", "linebreak", "quad", "qquad"), 0),
    **dict.fromkeys(("top", "bmod", "det", "dim", "ker", "Pr", "arg", "gcd", "deg", "sup", "sum", "prod", "to"), 0),
}
_ENVIRONMENT_ARGUMENTS = {"minipage": 1, "tabular*": 2, "tabularx": 2, "alignat": 1, "alignat*": 1, "multicols": 1}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FACTORS = _words(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
    sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    ell hbar partial nabla infty frac dfrac tfrac cfrac sqrt binom dbinom tbinom mathbf mathrm mathit mathsf mathbb
    mathcal mathfrak mathscr boldsymbol bm vec hat bar tilde dot ddot widehat widetilde overline underline
    overrightarrow ensuremath nicefrac
    """
)
"""Commands that make a factor, so that a value beside them is multiplied."""

FUNCTIONS = _words(
    """
    log ln exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan det dim ker gcd max min sup inf lim arg
    deg sum prod int iint oint operatorname
    """
)
"""Named functions and large operators, which act on what follows."""

PRODUCTS = _words("cdot times div ast circ otimes odot bullet")
"""Operators that bind tighter than a sum."""

_TEXT = _words("mbox hbox fbox textrm textit textbf textmd textsc textsf textsl texttt textup text intertext tag")

_MATH_ENVIRONMENTS = _words(
    """
    math displaymath equation align alignat flalign gather multline eqnarray split aligned alignedat gathered cases
    dcases rcases array matrix bmatrix pmatrix vmatrix Bmatrix Vmatrix smallmatrix subequations dmath
    """
)


@cache
def _arguments_by_library() -> dict[str, int]:
    """Mandatory arguments of the commands that pylatexenc knows; symbols take none."""
    symbols = {
        spec.macroname: 0
        for spec in latex2text.get_default_latex_context_db().iter_macro_specs()
        if isinstance(spec.simplify_repl, str) and "%" not in spec.simplify_repl
    }
    commands = {
        spec.macroname: (getattr(spec.args_parser, "argspec", None) or "").count("{")
        for spec in latexwalker.get_default_latex_context_db().iter_macro_specs()
    }
    return symbols | commands


def arguments(command: str) -> int | None:
    """How many mandatory arguments a command takes; None when it is not known (an author's own command)."""
    return _ARGUMENTS.get(command, 0 if command in FUNCTIONS else _arguments_by_library().get(command))


def environment_arguments(name: str) -> int:
    """How many mandatory arguments follow ``\\begin{name}``; 0 when it is not known."""
    if name in _ENVIRONMENT_ARGUMENTS:
        return _ENVIRONMENT_ARGUMENTS[name]
    spec = latexwalker.get_default_latex_context_db().get_environment_spec(name)
    return (getattr(spec.args_parser, "argspec", None) or "").count("{") if spec else 0


def is_math(environment: str) -> bool:
    """Whether an environment sets its body as mathematics."""
    return environment.removesuffix("*") in _MATH_ENVIRONMENTS


def math_within(command: str, outside: bool) -> bool:
    """Whether the argument of a command is mathematics, when the command itself stands in mathematics or not."""
    return False if command in _TEXT else True if command == "ensuremath" else outside
