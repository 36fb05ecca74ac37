"""Goodword (好口碑): a company's service regulations, running."""

__version__ = "0.1.0"
