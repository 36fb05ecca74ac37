"""The database itself refuses a callback by a handler's person (FB-4.3e) and a solution decided by its proposer's.

An update is judged only when it changes who: an earlier round's callback stays as it was when its caller handles a
later round.
"""

from django.db import migrations

from goodword.base.core.triggers import refusing

CALLER_HANDLED = """EXISTS (
    SELECT 1 FROM cases_handler AS handled
    JOIN people_account AS handler ON handler.id = handled.account_id
    JOIN people_account AS caller ON caller.id = NEW.caller_id
    WHERE handled.case_id = NEW.case_id
    AND (handled.person_id = caller.person_id OR handler.person_id = caller.person_id))"""
CALLER_CHANGES = "(NEW.caller_id <> OLD.caller_id OR NEW.case_id <> OLD.case_id)"
DECIDES_OWN = """NEW.decided_by_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM people_account AS proposer
    JOIN people_account AS decider ON decider.id = NEW.decided_by_id
    WHERE proposer.id = NEW.proposed_by_id AND proposer.person_id = decider.person_id)"""
DECIDER_CHANGES = """(OLD.decided_by_id IS NULL OR NEW.decided_by_id <> OLD.decided_by_id
    OR NEW.proposed_by_id <> OLD.proposed_by_id)"""

CALLBACK = "FB-4.3e: who handled the case does not call back"
SOLUTION = "FB-4.2f: nobody decides on their own solution"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("people", "0001_initial")]

    operations = [
        refusing(
            "cases_callback",
            operations=["INSERT"],
            name="independent_callback_made",
            condition=CALLER_HANDLED,
            message=CALLBACK,
        ),
        refusing(
            "cases_callback",
            operations=["UPDATE"],
            name="independent_callback_changed",
            condition=f"{CALLER_CHANGES} AND {CALLER_HANDLED}",
            message=CALLBACK,
        ),
        refusing(
            "cases_solution",
            operations=["INSERT"],
            name="independent_decision_made",
            condition=DECIDES_OWN,
            message=SOLUTION,
        ),
        refusing(
            "cases_solution",
            operations=["UPDATE"],
            name="independent_decision_changed",
            condition=f"{DECIDER_CHANGES} AND {DECIDES_OWN}",
            message=SOLUTION,
        ),
    ]
