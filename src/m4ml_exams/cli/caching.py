"""``m4ml cache``: what is kept to be quick."""

from __future__ import annotations

from collections import Counter

from m4ml_exams.cache import Cache
from m4ml_exams.cli.console import near, out, print_table

_MEGABYTE = 10**6


def run_cache(clear: bool) -> None:
    """Show the entries of the cache by kind, or remove them all."""
    cache = Cache.of_user()
    if clear:
        out.print(f"{cache.clear() / _MEGABYTE:.1f} MB freed in {near(cache.folder)}/")
        return
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for name, size in cache.sizes().items():
        kind = name.split("-")[0] or "half-written"
        counts[kind] += 1
        sizes[kind] += size
    if counts:
        rows = [[kind, number, f"{sizes[kind] / _MEGABYTE:.1f}"] for kind, number in sorted(counts.items())]
        print_table(["kind", "entries", "MB"], rows)
    total, limit = sizes.total() / _MEGABYTE, cache.limit / _MEGABYTE
    out.print(f"{total:.1f} MB of at most {limit:.0f} MB in {near(cache.folder)}/")
