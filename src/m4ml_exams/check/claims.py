"""The falsifier: tries what ``claims`` says over its admissible cases and shows the case that contradicts it."""

from __future__ import annotations

from collections.abc import Iterator

from m4ml_exams.assemble import Variant, line_of_claims
from m4ml_exams.claims import FEWEST, Claim, Seen
from m4ml_exams.errors import M4mlError, Place, ProblemError, flatten


def falsified(variant: Variant) -> Iterator[M4mlError]:
    """The findings on the claims of a variant's answers: at most one for each claim.

    A claim that cases contradict, or that too few cases were tried for; ``Sometimes`` without an example on each side;
    a predicate or condition that fails or gives no truth value. Claims that were tried before are not tried again.
    """
    for name, claimed in variant.claims.items():
        for key, claim in claimed.by_key.items():
            finding = _finding(f"{name}.{key}" if key else name, claim, variant)
            if finding is not None:
                finding.place = _line(claim, variant).filled(variant.place)
                yield finding


def _finding(name: str, claim: Claim, variant: Variant) -> M4mlError | None:
    try:
        seen = claim.seen
    except (M4mlError, ExceptionGroup) as error:
        fault = flatten(error)[0]
        return ProblemError(f"The claim '{name}': {fault.what}", fault.remedy)
    except Exception as error:
        return _raised(name, error, variant)
    return _contradicted(name, claim, seen)


def _contradicted(name: str, claim: Claim, seen: Seen) -> M4mlError | None:
    """What the cases say against a claim, in the order of how much it tells."""
    match claim.verdict:
        case "always" if seen.fails is not None:
            what = f"claims says that '{name}' always holds, but it fails for {seen.fails}."
            remedy = "Mend the key, or exclude such cases in the statement and with .where(...)."
            return ProblemError(what, remedy)
        case "never" if seen.holds is not None:
            what = f"claims says that '{name}' never holds, but it holds for {seen.holds}."
            remedy = "Mend the key, or exclude such cases in the statement and with .where(...)."
            return ProblemError(what, remedy)
        case "sometimes" if seen.holds is not None and seen.fails is not None:
            return None
    if seen.count == 0 or (seen.count < FEWEST and not claim.cases.reason):
        what = f"The claim '{name}' says little: {_number(seen.count)} admissible; {FEWEST} different ones are due."
        remedy = 'Widen the sampler or its .where(...); where there are no more, say .exhaustive("why").'
        return ProblemError(what, remedy)
    if claim.verdict == "sometimes":
        none = seen.holds is None
        found = f"{'fails' if none else 'holds'} in all {seen.count} cases"
        what = f"claims says that '{name}' holds sometimes, but it {found}."
        key, example = ("Never", "witness") if none else ("Always", "counterexample")
        return ProblemError(what, f"Mend the key to {key}, widen the sampler, or give {example}=...")
    return None


def _number(count: int) -> str:
    return "no case is" if count == 0 else "1 case is" if count == 1 else f"{count} cases are"


def _raised(name: str, error: Exception, variant: Variant) -> M4mlError:
    case = getattr(error, "case", None)
    text = " ".join(str(error).split()).removesuffix(".")
    told = f"{type(error).__name__}{': ' if text else ''}{text}"
    what = f"The claim '{name}' raised {told}{f', for {case}' if case else ''}."
    return ProblemError(what, "Mend the predicate, or exclude such cases with .where(...).")


def _line(claim: Claim, variant: Variant) -> Place:
    """The line of the predicate when it is written inside ``claims``, else that of ``claims``."""
    place, function = line_of_claims(variant.problem), variant.problem.functions["claims"]
    code = getattr(claim.predicate, "__code__", None)
    inside = code in function.__code__.co_consts if code is not None else False
    return Place(place.path, code.co_firstlineno) if code is not None and inside else place
