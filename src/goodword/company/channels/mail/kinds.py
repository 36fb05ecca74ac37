"""What is journalled of mails: what a person decided about one that was set aside, and who read one as it came."""

from goodword.engine.journal.kinds import declare

LET_IN = declare("mail.let_in", "放行邮件", "Mail let in", facts="case note")
PUT_AWAY = declare("mail.put_away", "搁置邮件", "Mail put away", facts="note")
RAW_OPENED = declare("mail.raw_opened", "查看邮件原文", "Mail’s raw text opened", facts="reason_id")
