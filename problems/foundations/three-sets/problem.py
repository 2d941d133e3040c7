"""Three sets: inclusion and exclusion, a shaded region of a Venn diagram, and which statements about sets must hold.

The sizes of the eight regions are drawn: tens of thousands of settings with 7 sizes of the intersection and more than
200 triples of answers. Part c has 6 orders of the sets and 8 forms, part d 548 lists of five statements in any order.
"""

from functools import lru_cache
from itertools import combinations, permutations

import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Option, Sometimes, figures, nice, samplers

META = Meta(
    title="Three sets",
    topics=["A3"],
    difficulty=1,
    minutes=10,
    skills=["compute", "read-figure", "recognise", "classify-statement"],
)

REGIONS = ["A", "B", "C", "AB", "AC", "BC", "ABC"]
FORMS = {  # name: (words, members)
    "meet of a join": (r"%s \cap (%s \cup %s)", lambda x, y, z: x & (y | z)),
    "join with a meet": (r"(%s \cap %s) \cup %s", lambda x, y, z: (x & y) | z),
    "only": (r"%s \setminus (%s \cup %s)", lambda x, y, z: x - (y | z)),
    "join without": (r"(%s \cup %s) \setminus %s", lambda x, y, z: (x | y) - z),
    "meet without": (r"(%s \cap %s) \setminus %s", lambda x, y, z: (x & y) - z),
    "without a meet": (r"%s \setminus (%s \cap %s)", lambda x, y, z: x - (y & z)),
    "without, join": (r"(%s \setminus %s) \cup %s", lambda x, y, z: (x - y) | z),
    "without a rest": (r"%s \setminus (%s \setminus %s)", lambda x, y, z: x - (y - z)),
}
STATEMENTS = {  # name: (words, must it hold?, reason, whether it holds)
    "distribute": (
        r"$A \cap (B \cup C) = (A \cap B) \cup (A \cap C)$",
        True,
        r"On both sides are the elements that are in $A$ and in $B$ or $C$.",
        lambda A, B, C: A & (B | C) == (A & B) | (A & C),
    ),
    "morgan": (
        r"$A \setminus (B \cup C) = (A \setminus B) \cap (A \setminus C)$",
        True,
        r"On both sides are the elements that are in $A$, but neither in $B$ nor in $C$.",
        lambda A, B, C: A - (B | C) == (A - B) & (A - C),
    ),
    "sizes": (
        r"$\abs{A \cup B} + \abs{A \cap B} = \abs{A} + \abs{B}$",
        True,
        r"Elements of both sets are counted twice on both sides, others in one of them once.",
        lambda A, B, C: len(A | B) + len(A & B) == len(A) + len(B),
    ),
    "split": (
        r"$\abs{A \setminus B} = \abs{A} - \abs{A \cap B}$",
        True,
        r"$A$ consists of $A \cap B$ and $A \setminus B$, which are disjoint.",
        lambda A, B, C: len(A - B) == len(A) - len(A & B),
    ),
    "inside": (
        r"$A \cap B \subseteq A \cup C$",
        True,
        r"$A \cap B \subseteq A \subseteq A \cup C$.",
        lambda A, B, C: A & B <= A | C,
    ),
    "union bound": (
        r"$\abs{A \cup B \cup C} \le \abs{A} + \abs{B} + \abs{C}$",
        True,
        r"On the right each element of the union is counted at least once.",
        lambda A, B, C: len(A | B | C) <= len(A) + len(B) + len(C),
    ),
    "brackets": (
        r"$(A \cup B) \cap C = A \cup (B \cap C)$",
        False,
        r"For $A = \{1\}$ and $B = C = \emptyset$ the left side is empty, the right side is $\{1\}$.",
        lambda A, B, C: (A | B) & C == A | (B & C),
    ),
    "association": (
        r"$(A \setminus B) \setminus C = A \setminus (B \setminus C)$",
        False,
        r"For $A = C = \{1\}$ and $B = \emptyset$ the left side is empty, the right side is $\{1\}$.",
        lambda A, B, C: (A - B) - C == A - (B - C),
    ),
    "sum": (
        r"$\abs{A \cup B} = \abs{A} + \abs{B}$",
        False,
        r"This holds for disjoint sets only: for $A = B = \{1\}$ the two sides are $1$ and $2$.",
        lambda A, B, C: len(A | B) == len(A) + len(B),
    ),
    "difference": (
        r"$\abs{A \setminus B} = \abs{A} - \abs{B}$",
        False,
        r"This holds for $B \subseteq A$ only: for $A = \emptyset$, $B = \{1\}$ the two sides are $0$ and $-1$.",
        lambda A, B, C: len(A - B) == len(A) - len(B),
    ),
    "strict": (
        r"$\abs{A \cap B} < \abs{A \cup B}$",
        False,
        r"For $A = B$ both sides are equal.",
        lambda A, B, C: len(A & B) < len(A | B),
    ),
    "back": (
        r"$(A \setminus B) \cup B = A$",
        False,
        r"The left side is $A \cup B$: for $A = \emptyset$, $B = \{1\}$ it is $\{1\}$.",
        lambda A, B, C: (A - B) | B == A,
    ),
}
NONE, ONE = sp.EmptySet, sp.FiniteSet(1)
EXAMPLES = {  # A, B, C for which it holds, and for which it fails
    "brackets": ((NONE, NONE, NONE), (ONE, NONE, NONE)),
    "association": ((NONE, NONE, NONE), (ONE, NONE, ONE)),
    "sum": ((NONE, ONE, NONE), (ONE, ONE, NONE)),
    "difference": ((ONE, ONE, NONE), (NONE, ONE, NONE)),
    "strict": ((ONE, NONE, NONE), (ONE, ONE, NONE)),
    "back": ((ONE, ONE, NONE), (NONE, ONE, NONE)),
}
SUBSETS = [sp.FiniteSet(*(k for k in (1, 2, 3) if code >> (k - 1) & 1)) for code in range(8)]
SETS = samplers.listed(A=SUBSETS, B=SUBSETS, C=SUBSETS)


def _lists():
    twins = [{"sizes", "sum"}, {"split", "difference"}]
    return [
        names
        for names in combinations(STATEMENTS, 5)
        if 1 <= sum(STATEMENTS[name][1] for name in names) <= 4 and not any(pair <= set(names) for pair in twins)
    ]


LISTS = _lists()


def _members(letter):
    return frozenset(region for region in REGIONS if letter in region)


def _shaded(order, form):
    return FORMS[form][1](*(_members(letter) for letter in order))


def draw(rng):
    order = list(rng.choice(list(permutations("ABC"))))
    forms = nice.retry(
        rng, lambda r: r.sample(list(FORMS), 4), lambda names: len({_shaded(order, n) for n in names}) == 4, "four sets"
    )
    cells = {region: rng.randint(*{1: (3, 15), 2: (3, 9), 3: (2, 8)}[len(region)]) for region in REGIONS}
    return {
        "cells": cells,
        "outside": rng.randint(3, 12),
        "order": order,
        "forms": forms,
        "shown": rng.choice(forms),
        "rows": rng.sample(rng.choice(LISTS), 5),
    }


def _size(cells, letters):
    return sum(count for region, count in cells.items() if set(letters) <= set(region))


def _formula(order, form):
    return Latex("$" + FORMS[form][0] % tuple(order) + "$")


def show(cells, outside, order, forms, shown, rows):
    names = [r"$\abs{A}$", r"$\abs{B}$", r"$\abs{C}$", r"$\abs{A \cap B}$", r"$\abs{A \cap C}$", r"$\abs{B \cap C}$"]
    sizes = [_size(cells, region) for region in REGIONS[:6]]
    return {
        "table": figures.data_table([sizes], header=names, ruled=True),
        "total": sum(cells.values()) + outside,
        "picture": figures.venn(["$A$", "$B$", "$C$"], shaded=sorted(_shaded(order, shown))),
        "formulas": [_formula(order, form) for form in forms],
        "words": [Latex(STATEMENTS[name][0]) for name in rows],
    }


def _place(region):
    inside = " and ".join(f"${letter}$" for letter in region)
    out = " and ".join(f"${letter}$" for letter in "ABC" if letter not in region)
    return Latex(f"inside {inside}" + (f" and outside {out}" if out else ""))


def _differs(order, form, shown):
    mine, right = _shaded(order, form), _shaded(order, shown)
    region = next(region for region in REGIONS if (region in mine) != (region in right))
    verb = "contains" if region in mine else "does not contain"
    return {"formula": _formula(order, form), "verb": verb, "place": _place(region)}


def solve(cells, outside, order, forms, shown, rows):
    sizes = [_size(cells, region) for region in REGIONS[:6]]
    return {
        "common": Exact(cells["ABC"]),
        "two": Exact(sum(cells[region] for region in ("AB", "AC", "BC"))),
        "one": Exact(sum(cells[region] for region in "ABC")),
        "region": Option(f"o{forms.index(shown) + 1}"),
        "singles": Latex(" + ".join(map(str, sizes[:3]))),
        "pairs": sizes[3:],
        "sum_pairs": sum(sizes[3:]),
        "filled": figures.venn(["$A$", "$B$", "$C$"], {**cells, "": outside}),
        "right_formula": _formula(order, shown),
        "wrong": [_differs(order, form, shown) for form in forms if form != shown],
        "reasons": [
            {"words": Latex(words), "right": right, "why": Latex(why)}
            for words, right, why, _ in (STATEMENTS[name] for name in rows)
        ],
    }


def verify(table, total, outside, picture, order, forms, common, two, one, region):
    # Every size of the common part, with the regions that follow from the printed sizes: only one adds up.
    a, b, c, ab, ac, bc = table.data["rows"][0]
    fits = []
    for meet in range(total + 1):
        pairs = [ab - meet, ac - meet, bc - meet]
        lone = [a - ab - ac + meet, b - ab - bc + meet, c - ac - bc + meet]
        if min(pairs + lone) >= 0 and meet + sum(pairs) + sum(lone) + outside == total:
            fits.append((meet, sum(pairs), sum(lone)))
    assert fits == [(common, two, one)]
    # The shaded regions, point by point.
    right = []
    for form in forms:
        inside = set()
        for place in REGIONS:
            has = [{0} if letter in place else set() for letter in order]
            if FORMS[form][1](*has):
                inside.add(place)
        right.append(inside == set(picture.data["shaded"]))
    assert right.count(True) == 1
    assert region == f"o{right.index(True) + 1}"


@lru_cache
def _claim(name):
    holds = STATEMENTS[name][3]

    def of_sets(A, B, C):
        return holds(frozenset(A), frozenset(B), frozenset(C))

    return Sometimes(of_sets, SETS, *EXAMPLES[name]) if name in EXAMPLES else Always(of_sets, SETS)


def claims(rows):
    return {"must": Must({f"s{i}": _claim(name) for i, name in enumerate(rows, 1)})}
