"""The operations, heading by heading."""

from . import (
    attachments,
    cases,
    clauses,
    codes,
    customers,
    ending,
    intake,
    notices,
    obligations,
    rentals,
    solving,
    system,
    talking,
    together,
)

DOORS = (
    cases.door,
    intake.door,
    talking.door,
    solving.door,
    ending.door,
    together.door,
    attachments.door,
    obligations.door,
    clauses.door,
    customers.door,
    rentals.door,
    codes.door,
    notices.door,
    system.door,
)
