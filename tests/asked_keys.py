"""Which keys a reader asks a file for, seen in its source: the documents must name them all."""

from __future__ import annotations

import ast
from pathlib import Path

TAKES = {
    *("text", "flag", "number", "texts", "numbers", "pairs", "rows", "table", "tables"),
    *("read_choice", "read_fields", "_band", "_raw", "_positive", "_tiers"),
    *("get", "node", "nodes", "strings", "missing"),
}
"""Functions and methods that take a value by its key."""


def keys_read(*modules: Path) -> set[str]:
    """Return the keys that modules take from a file: the constants they hand to what takes one."""
    found = set()
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (ast.unparse(node.func).rpartition(".")[2] in TAKES):
                words = [one.value for one in node.args[:3] if isinstance(one, ast.Constant)]
                found |= {word for word in words[:1] if isinstance(word, str) and word}
    return found
