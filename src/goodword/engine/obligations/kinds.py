"""What time and supervisors do to obligations; written in the chain of the obligation's own subject."""

from goodword.engine.journal.kinds import declare

KEY = "clause round occurrence period obligation"

WARNED = declare(
    "obligation.warned", "义务临期提醒", "Obligation: warning", facts=f"{KEY} to due_at catch_up"
)
BREACHED = declare(
    "obligation.breached", "义务逾期", "Obligation: late", facts=f"{KEY} to due_at catch_up settled"
)
ESCALATED = declare(
    "obligation.escalated", "逾期升级", "Obligation: escalated", facts=f"{KEY} to level due_at catch_up"
)
MISSED = declare(
    "obligation.missed", "周期义务未履行", "Obligation: missed", facts=f"{KEY} to due_at catch_up"
)
WAIVED = declare("obligation.waived", "义务豁免", "Obligation: waived", facts=f"{KEY} reason_id")
RECOMPUTED = declare(
    "obligation.recomputed",
    "期限重算",
    "Obligation: due time recomputed",
    facts=f"{KEY} old_due_at due_at calendar_version",
)
PERIOD_OPENED = declare(
    "company.period_opened", "新的周期开始", "A period began", facts="period label ends_at"
)

BY_ALARM = {"warned": WARNED, "breached": BREACHED, "escalated": ESCALATED, "missed": MISSED}
