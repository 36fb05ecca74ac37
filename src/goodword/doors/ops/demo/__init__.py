"""The demo company: forty invented people, three hundred customers, half a year of cases, from a seed."""

from .building import build
from .hiring import PASSWORD
from .summary import Summary

__all__ = ["PASSWORD", "Summary", "build"]
