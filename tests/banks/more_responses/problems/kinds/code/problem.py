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
    marks = ["a_b" if row[0] > 5 else "<#>" for row in rows]
    sums = [f"sum: {sum(row)} -- {mark}" for row, mark in zip(rows, marks, strict=True)]
    top, bottom, *others = output.split("\n")
    assert others == sums and (top[0], bottom[-1], len(top), len(bottom)) == ("[", "]", len(bottom) - 1, len(top) + 1)
    assert [[int(n) for n in text.strip(" []").split()] for text in (top, bottom)] == rows
    assert line == ("odd\n" if k & 1 else "") + f"    {k}!"
