"""State diagrams, trees, computational graphs and Venn diagrams."""

from fractions import Fraction

import pytest
import sympy as sp

from m4ml_exams import figures
from m4ml_exams.figures import FigureError


def test_a_state_diagram_from_a_mapping_or_a_matrix():
    moves = {(1, 1): Fraction(1, 2), (1, 2): Fraction(1, 2), (2, 1): 1}
    figure = figures.state_diagram(moves)
    assert figure.latex.count("controls") == 3
    assert figure.latex.count(r"\frac{1}{2}") == 2
    assert figure.data == {"states": (1, 2), "transitions": moves}
    matrix = figures.state_diagram(sp.Matrix([[sp.Rational(1, 2), sp.Rational(1, 2)], [1, 0]]))
    assert matrix.latex == figure.latex
    assert (2, 2) not in matrix.data["transitions"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7])
def test_state_diagrams_of_every_size(count):
    figure = figures.state_diagram(sp.ones(count, count))
    assert figure.latex.count("(s") == count
    assert figure.latex.count("controls") == count**2


@pytest.mark.parametrize(
    ("transitions", "states", "what"),
    [
        ({}, None, "0 states"),
        ({("A", "Bee"): 1}, ["A", "Beee"], "'Bee'"),
        ({"AB": 1}, None, "'AB' as a transition"),
        (sp.ones(2, 3), None, "does not fit"),
        (sp.ones(2, 2), ["A"], "does not fit"),
        (sp.ones(8, 8), None, "8 states"),
        ({("A", "B"): 0.5}, None, "float 0.5"),
        ([], None, "no transitions"),
    ],
)
def test_bad_state_diagrams_are_refused(transitions, states, what):
    with pytest.raises(FigureError) as caught:
        figures.state_diagram(transitions, states)
    assert what in caught.value.what
    assert caught.value.remedy


def test_an_unknown_state_is_offered_the_nearest_name():
    with pytest.raises(FigureError) as caught:
        figures.state_diagram({("sunny", "rainny"): 1}, ["sunny", "rainy"])
    assert caught.value.remedy == "Did you mean 'rainy'?"


def test_a_decision_tree_puts_leaves_from_left_to_right():
    tree = ("$x_1 < 3$?", ("$x_2 < 1$?", 1, Fraction(1, 2)), "$-1$")
    figure = figures.decision_tree(tree)
    assert figure.data == {"tree": tree, "leaves": ("$1$", r"$\frac{1}{2}$", "$-1$")}
    assert figure.latex.count("{yes}") == 2


def test_a_tree_may_label_its_branches():
    figure = figures.decision_tree(("", {Fraction(1, 3): "a", Fraction(2, 3): "b", "never": "c"}), gap=2)
    assert figure.data["leaves"] == ("a", "b", "c")
    assert r"$\frac{2}{3}$" in figure.latex


@pytest.mark.parametrize("tree", [("q", 1), ("q", {}), ("q", 1, 2, 3), (), ("q", 0.5, 1), ("q{", 1, 2)])
def test_bad_trees_are_refused(tree):
    with pytest.raises(FigureError):
        figures.decision_tree(tree)


def test_a_tree_too_wide_for_a_page_is_refused():
    with pytest.raises(FigureError, match="too wide"):
        figures.decision_tree(("q", {str(k): "leaf" for k in range(20)}))


def test_a_computational_graph_is_laid_out_in_layers():
    nodes = {"x": "$x$", "y": "$y$", "s": "$+$", "p": r"$\times$"}
    figure = figures.computational_graph(nodes, [("x", "s"), ("y", "s"), ("s", "p"), ("y", "p", "$b$")], notes={"x": 2})
    assert figure.latex.count("fill=black!12") == 2
    assert "$b$" in figure.latex
    assert figure.data["edges"][-1] == ("y", "p", "$b$")
    assert figure.data["notes"] == {"x": 2}
    column = {line.split("at (")[1].split(",")[0] for line in figure.latex.splitlines() if "{$+$}" in line}
    assert column == {"2"}


def test_a_list_of_nodes_is_its_own_labels():
    assert figures.computational_graph(["$a$", "$b$"], [("$a$", "$b$")]).data["nodes"] == {"$a$": "$a$", "$b$": "$b$"}


@pytest.mark.parametrize(
    ("nodes", "edges", "settings", "what"),
    [
        ({}, [], {}, "no nodes"),
        (["a", "b"], [("a", "c")], {}, "'c'"),
        (["a", "b"], [("a", "b"), ("b", "a")], {}, "cycle"),
        (["a", "b"], [("a",)], {}, "the edge ('a',)"),
        (["a"], [], {"notes": {"q": 1}}, "'q'"),
        (["a"], [], {"across": 0}, "out of range"),
    ],
)
def test_bad_graphs_are_refused(nodes, edges, settings, what):
    with pytest.raises(FigureError) as caught:
        figures.computational_graph(nodes, edges, **settings)
    assert what in caught.value.what
    assert caught.value.remedy


def test_venn_diagrams():
    figure = figures.venn(["$A$", "$B$"], {"A": Fraction(1, 4), "": 2}, shaded=["AB"])
    assert r"{$\frac{1}{4}$}" in figure.latex
    assert figure.latex.count("[clip]") == 2
    assert figure.data["shaded"] == ("AB",)
    assert figures.venn(["$A$", "$B$", "$C$"], {"ABC": 7}).latex.count("circle[radius") == 3


@pytest.mark.parametrize(
    ("names", "regions", "what"),
    [(["A"], {}, "1 sets"), ([], {}, "no sets"), (["A", "B"], {"AC": 1}, "'AC'"), (["A", "B"], {"BA": 1}, "'BA'")],
)
def test_bad_venn_diagrams_are_refused(names, regions, what):
    with pytest.raises(FigureError) as caught:
        figures.venn(names, regions)
    assert what in caught.value.what
    assert caught.value.remedy
