"""The operations, heading by heading."""

from . import clauses, customers, notices, obligations, rentals, system

DOORS = (
    customers.door,
    rentals.door,
    obligations.door,
    clauses.door,
    notices.door,
    system.door,
)
