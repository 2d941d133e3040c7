"""What the projection onto a plane does; nothing is drawn, so that there are no functions."""

from m4ml_exams.authoring import Meta

# Topics are ids of topics.toml: m4ml list --topics tells what each stands for.
META = Meta(title="{title}", topics=["F1"], difficulty=1, minutes=8)
