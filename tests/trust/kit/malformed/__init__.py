"""Nonsense and malice in quantity: words, bytes, web forms, JSON bodies and workbooks, drawn from one random source."""
