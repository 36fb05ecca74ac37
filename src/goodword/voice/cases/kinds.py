"""What may be journalled of a case. Words stay in rows; facts are codes, numbers and ids."""

from goodword.engine.journal.kinds import declare

RECEIVED = declare(
    "case.received",
    "受理反馈",
    "Feedback received",
    facts="customer order number outside_id came_to",
    context="channel kind content severity device_type stage receipt receipt_due urgent_need history customer_kind department",
)
RECEIPT_SENT = declare(
    "case.receipt_sent", "自动回执已发出", "Automatic receipt sent", facts="message", context="receipt"
)
UNDELIVERED = declare(
    "case.message_undelivered", "消息未能送达", "Message not delivered", facts="message channel letter"
)
CAPTURED = declare("case.captured", "同事代为记录", "Taken down by a colleague", facts="channel")
HEARD = declare("case.heard", "同事反映", "Heard by a colleague", facts="source")
RECORD_COMPLETED = declare("case.record_completed", "补充记录要素", "Record completed", facts="elements")
TRIAGED = declare(
    "case.triaged",
    "分类分级",
    "Triaged",
    facts="automatic confidence corrected sentiment",
    context="severity kind content subclass device_type stage department",
)
DISPATCH_CHECKED = declare(
    "case.dispatch_checked", "抽查自动派单", "Unattended dispatch checked", facts="verdict corrected"
)
UNATTENDED_STOPPED = declare(
    "company.unattended_stopped",
    "自动派单已停",
    "Unattended dispatch stopped",
    facts="reason dispatched checked wrong known_wrong urgent_missed share high limit",
)
UNATTENDED_RESUMED = declare(
    "company.unattended_resumed", "恢复自动派单", "Unattended dispatch resumed", facts="stop"
)
DISPATCHED = declare(
    "case.dispatched", "派单", "Dispatched", facts="automatic", context="department assignee"
)
HANDED_OVER = declare(
    "case.handed_over",
    "交接",
    "Handed over",
    facts="from_department from_assignee complete missing handover",
    context="department assignee",
)
COORDINATED = declare("case.coordinated", "跨部门协调", "Coordinated", facts="departments", context="owner")
HEAD_RUNG = declare("case.head_rung", "电话通知负责人", "Head rung", facts="outcome attempt target call")
HEAD_REACHED = declare("case.head_reached", "负责人已接听", "Head reached", facts="target")
REPLIED = declare(
    "case.replied",
    "回复客户",
    "Customer answered",
    facts="purpose channel message phrases script script_version",
)
PROGRESS_TOLD = declare("case.progress_told", "告知进展", "Progress told", facts="channel message")
OPINION_GIVEN = declare("case.opinion_given", "告知初步意见", "First opinion given", facts="channel message")
CUSTOMER_WROTE = declare("case.customer_wrote", "客户来信", "Customer wrote", facts="channel message")
CALLED_CUSTOMER = declare("case.called_customer", "致电客户", "Customer called", facts="outcome")
FIRST_PROPOSAL_GIVEN = declare(
    "case.first_proposal_given", "给出初步方案", "First proposal given", facts="message"
)
REMOTE_GUIDANCE_STARTED = declare("case.remote_guidance_started", "开始远程指导", "Remote guidance started")
INVESTIGATION_STARTED = declare(
    "case.investigation_started", "启动调查", "Investigation started", context="assignee"
)
EVIDENCE_ADDED = declare(
    "case.evidence_added", "补充证据", "Evidence added", facts="evidence evidence_kind beyond_need"
)
TECHNICAL_CHECK_RECORDED = declare(
    "case.technical_check_recorded", "技术检测", "Technical check recorded", facts="evidence result remote"
)
STAFF_STATEMENT_RECORDED = declare(
    "case.staff_statement_recorded", "当事人说明", "Staff statement recorded", facts="evidence staff"
)
CAUSE_RECORDED = declare(
    "case.cause_recorded", "认定原因与责任", "Cause recorded", facts="cause responsible_party"
)
SOLUTION_PROPOSED = declare(
    "case.solution_proposed", "提出方案", "Solution proposed", facts="solution type approval amount"
)
SOLUTION_APPROVED = declare(
    "case.solution_approved", "方案获批", "Solution approved", facts="solution amount"
)
SOLUTION_REFUSED = declare("case.solution_refused", "方案未获批", "Solution refused", facts="solution amount")
SOLUTION_COMMUNICATED = declare(
    "case.solution_communicated",
    "与客户沟通方案",
    "Solution discussed with the customer",
    facts="solution channel message",
)
SOLUTION_ACCEPTED = declare("case.solution_accepted", "客户接受方案", "Solution accepted", facts="solution")
SOLUTION_DECLINED = declare("case.solution_declined", "客户不接受方案", "Solution declined", facts="solution")
CARRYING_OUT_STARTED = declare("case.carrying_out_started", "开始执行", "Carrying out started", facts="steps")
STEP_DONE = declare("case.step_done", "完成一步", "Step done", facts="step")
DONE = declare("case.done", "办结", "Done")
CALLBACK_ATTEMPTED = declare(
    "case.callback_attempted", "回访未接通", "Callback: not reached", facts="attempt"
)
CALLED_BACK = declare(
    "case.called_back", "回访", "Called back", facts="outcome solved satisfaction satisfied callback"
)
ROUND_STARTED = declare(
    "case.round_started",
    "新一轮处理",
    "New round started",
    facts="reason",
    context="round severity kind content department assignee",
)
WAITING_STARTED = declare("case.waiting_started", "等待客户", "Waiting for the customer")
WAITING_ENDED = declare("case.waiting_ended", "等待结束", "Waiting ended")
ANSWERED = declare("case.answered", "咨询已答复", "Consultation answered", facts="message channel")
ACKNOWLEDGED = declare("case.acknowledged", "已致谢确认", "Acknowledged", facts="message")
ASSESSED = declare("case.assessed", "已评估", "Assessed", facts="verdict")
CLOSED = declare("case.closed", "关闭", "Closed")
FILED_AS_HISTORY = declare("case.filed_as_history", "历史归档", "Filed as history")
WITHDRAWN = declare("case.withdrawn", "客户撤回", "Withdrawn")
MERGED = declare("case.merged", "并入其他工单", "Merged", facts="target")
ABSORBED = declare("case.absorbed", "并入了其他工单", "Absorbed another case", facts="source")
UNMERGED = declare("case.unmerged", "取消合并", "Un-merged", facts="target")
RELEASED_CASE = declare("case.gave_back", "拆出工单", "Gave a case back", facts="source")
REOPENED = declare("case.reopened", "重新打开", "Reopened", facts="reason")
LINKED = declare("case.linked", "关联工单", "Linked", facts="other relation")
DUPLICATE_DISMISSED = declare("case.duplicate_dismissed", "不是同一件", "Not a duplicate", facts="other")
NOTED = declare("case.noted", "内部备注", "Note", facts="note mentions")
ESCALATED = declare("case.escalated", "人工升级", "Escalated by hand", facts="to")
WATCHED = declare("case.watched", "关注", "Watched", facts="account watching")
HELP_ASKED = declare(
    "help.asked", "请求协助", "Help asked", facts="case asked_by", context="department complex"
)
HELP_ANSWERED = declare("help.answered", "协助答复", "Help answered", facts="case", context="kind")
HELP_WITHDRAWN = declare("help.withdrawn", "撤回协助请求", "Help withdrawn", facts="case")
VIEW_SHARED = declare(
    "company.view_shared", "共享工单视图", "List of cases shared", facts="view shared department"
)
VIEW_CHANGED = declare(
    "company.view_changed",
    "修改共享视图",
    "Shared list of cases changed",
    facts="view fields shared department",
)
VIEW_RETIRED = declare(
    "company.view_retired", "停用共享视图", "Shared list of cases taken away", facts="view"
)
EXPORTED = declare("company.cases_exported", "导出工单", "Cases exported", facts="export form cases is_clear")
