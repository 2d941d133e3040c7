r"""Figures for exam papers: plots, pictures of the plane, diagrams and tables, drawn from exact values.

Every function returns a :class:`~m4ml_exams.model.Figure`: LaTeX that centres itself (``\VAR{picture}`` on a line of
its own in the statement), and the data that it draws for ``verify`` to read. :func:`inline` takes the centring away,
for options and table cells; :func:`side_by_side` makes a row of figures. The size on the page depends on the arguments
that describe the layout, never on the values drawn, so that papers keep their places over versions.

Values are ints, Fractions and sympy numbers; floats are refused. A label that is a string is LaTeX already.
The paper must load amsmath, booktabs, tikz with the library arrows.meta, and pgfplots with ``compat=1.18``.
"""

from .charts import bar_chart, histogram
from .contours import level_curves
from .graphs import state_diagram
from .networks import computational_graph
from .piecewise import piecewise_linear, risk_graph
from .plane import plane_map, plane_vectors
from .plots import empty_axes, function_plot, scatter
from .tables import data_table
from .trees import decision_tree
from .values import FigureError, inline, side_by_side
from .venn import venn

__all__ = [
    "FigureError",
    "bar_chart",
    "computational_graph",
    "data_table",
    "decision_tree",
    "empty_axes",
    "function_plot",
    "histogram",
    "inline",
    "level_curves",
    "piecewise_linear",
    "plane_map",
    "plane_vectors",
    "risk_graph",
    "scatter",
    "side_by_side",
    "state_diagram",
    "venn",
]
