"""What is journalled of a ledger's way in; the words stay in the file and the cases."""

from goodword.engine.journal.kinds import declare

STARTED = declare("ledger.started", "开始导入台账", "Ledger import started", facts="digest mode rows")
FINISHED = declare(
    "ledger.finished",
    "完成导入台账",
    "Ledger import finished",
    facts="rows created unchanged updated rejected",
)
MAP_SAVED = declare("ledger.map_saved", "保存列对应", "Column map saved", facts="fields")
