"""perfdesk 绩效填报台: the core, runs without a display and imports no Qt."""

__version__ = "0.1.0"
"""The version of the program, written here and nowhere else; pyproject.toml and the packages take it from here."""
