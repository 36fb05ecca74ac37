"""Search across everything: cases, customers, orders, devices, clauses and help."""
