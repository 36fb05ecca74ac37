"""Short numbers for people to say: given once, never twice, none left out.

SQLite has one writer at a time, so the counter itself is the place in line. PostgreSQL has many: there numbers are
prepared in blocks, and each transaction takes the lowest that nobody else is just taking. A counter's row would be
held until the commit is on the disk, and every intake would wait for the one before. A number whose transaction is
undone is free again.
"""

from __future__ import annotations

from django.db import connection

from goodword.base.core.transactions import require_transaction

BEFORE_FIRST = 1000
BLOCK = 100

MOVE_ON = (
    "INSERT INTO customers_counter (name, last) VALUES (%s, %s) "
    "ON CONFLICT (name) DO UPDATE SET last = customers_counter.last + %s RETURNING last"
)
TAKE = (
    "DELETE FROM customers_preparednumber WHERE id = (SELECT id FROM customers_preparednumber WHERE name = %s "
    "ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING number"
)
LINE_UP = (
    "INSERT INTO customers_counter (name, last) VALUES (%s, %s) "
    "ON CONFLICT (name) DO UPDATE SET last = customers_counter.last"
)
PREPARE = "INSERT INTO customers_preparednumber (name, number) SELECT %s, number FROM generate_series(%s::bigint, %s::bigint) number"


def next_number(name: str = "customer") -> int:
    """The next number of `name`, from 1001 on, in the caller's transaction. Nobody waits for another's commit,
    save once in a hundred numbers on PostgreSQL."""
    require_transaction()
    with connection.cursor() as cursor:
        if not connection.features.has_select_for_update_skip_locked:
            cursor.execute(MOVE_ON, [name, BEFORE_FIRST + 1, 1])
            return int(cursor.fetchone()[0])
        cursor.execute(TAKE, [name])
        if found := cursor.fetchone():
            return int(found[0])
        cursor.execute(LINE_UP, [name, BEFORE_FIRST])
        cursor.execute(TAKE, [name])  # whoever was before us in the line may have prepared some
        if found := cursor.fetchone():
            return int(found[0])
        cursor.execute(MOVE_ON, [name, BEFORE_FIRST + BLOCK, BLOCK])
        last = int(cursor.fetchone()[0])
        cursor.execute(PREPARE, [name, last - BLOCK + 2, last])
        return last - BLOCK + 1
