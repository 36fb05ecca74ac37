"""What happens to regulations."""

from goodword.engine.journal.kinds import declare

PROPOSED = declare(
    "clause.edition_proposed", "条款新版提出", "Edition proposed", facts="clause number holds_from"
)
APPROVED = declare(
    "clause.edition_approved", "条款新版批准", "Edition approved", facts="clause number holds_from"
)
REFUSED = declare("clause.edition_refused", "条款新版未批准", "Edition refused", facts="clause number")
WITHDRAWN = declare("clause.edition_withdrawn", "条款新版撤回", "Edition withdrawn", facts="clause number")
