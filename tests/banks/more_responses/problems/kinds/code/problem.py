"""Programs whose output is to be predicted."""

from m4ml_exams.authoring import Exact, Meta, output_of

META = Meta(title="Code", topics=["T1"], difficulty=1, minutes=10)
PROGRAM = """import numpy as np

A = np.arange({k}, {k} + 4).reshape(2, 2)
print(A)
for row in A:
    print("sum:", row.sum(), '--', "a_b" if row[0] > 5 else "<#>")"""


def draw(rng):
    return {"k": rng.randint(2, 8)}


def show(k):
    return {"program": PROGRAM.format(k=k)}


def solve(k, program=None):
    text = PROGRAM.format(k=k)
    return {
        "output": Exact(output_of(text)),
        "line": Exact(output_of(f'k = {k}\nif k % 2:\n    print("odd")\nprint(f"{{k:>5}}", end="!")')),
    }


def verify(k, output, line):
    rows = [[k, k + 1], [k + 2, k + 3]]
    assert [sum(row) for row in rows] == [int(text.split()[1]) for text in output.split("\n")[2:]]
    assert line.split("\n")[-1] == f"    {k}!"
    assert ("odd" in line) == bool(k & 1)
