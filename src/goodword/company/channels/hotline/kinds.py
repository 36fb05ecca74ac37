"""What is journalled of telephone calls. Numbers stay in their sealed columns; the entries name the call."""

from goodword.engine.journal.kinds import declare

RANG = declare("call.rang", "电话响起", "Telephone rang", facts="direction")
ANSWERED = declare("call.answered", "电话接通", "Call answered", facts="direction outcome rings account")
MISSED = declare("call.missed", "电话未接", "Call missed", facts="direction outcome rings")
ENDED = declare("call.ended", "通话结束", "Call ended", facts="direction")
TAKEN_DOWN = declare("call.taken_down", "来电建单", "Call taken down as a case", facts="case")
RECORDING_OPENED = declare(
    "call.recording_opened", "查看录音地址", "Recording’s address opened", facts="reason_id"
)
RETURN_WANTED = declare("call.return_wanted", "待回电", "To be returned", facts="task")
RETURN_TRIED = declare("call.return_tried", "回电未通", "Returned, not reached", facts="task")
RETURN_DONE = declare("call.return_done", "已回电", "Missed call returned", facts="task how")
