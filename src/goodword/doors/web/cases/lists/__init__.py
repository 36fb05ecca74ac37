"""The list of cases: what its address asks, its columns, its saved views."""
