"""Rights in people's words, grouped by what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .templatetags.goodword_ui import t

_CODE = re.compile(r"\b[a-z_]+\.[a-z_]+\b")
RIGHTS = {
    "cases.see": ("查看工单", "see cases"),
    "cases.receive": ("受理反馈", "take feedback down"),
    "cases.triage": ("分类分级", "triage"),
    "cases.dispatch": ("派单", "dispatch"),
    "cases.hand_over": ("转交", "hand over"),
    "cases.link": ("关联工单", "link cases"),
    "cases.merge": ("合并工单", "merge cases"),
    "cases.note": ("写备注", "add notes"),
    "cases.reply": ("答复客户", "reply to customers"),
    "cases.investigate": ("调查", "investigate"),
    "cases.solve": ("拟定方案", "propose solutions"),
    "cases.approve": ("审批方案", "approve solutions"),
    "cases.carry_out": ("执行方案", "carry solutions out"),
    "cases.guide": ("远程指导", "guide remotely"),
    "cases.answer": ("答复并办结", "answer at once"),
    "cases.answer_help": ("回应协助请求", "answer requests for help"),
    "cases.coordinate": ("跨部门协调", "coordinate departments"),
    "cases.assess": ("评估建议", "assess suggestions"),
    "cases.call_back": ("回访", "call back"),
    "cases.close": ("关闭工单", "close cases"),
    "cases.reopen": ("重新打开工单", "reopen cases"),
    "cases.waive": ("豁免义务", "waive duties"),
    "cases.share_views": ("共享工单视图", "share lists of cases"),
    "cases.export": ("导出工单", "export cases"),
    "scripts.edit": ("维护话术", "write scripts"),
    "attachments.add": ("上传附件", "add files"),
    "customers.see": ("查看客户", "see customers"),
    "customers.edit": ("维护客户资料", "edit customers"),
    "customers.reveal": ("查看客户隐私信息", "reveal personal data"),
    "rentals.see": ("查看租赁单", "see rentals"),
    "rentals.edit": ("维护租赁单", "edit rentals"),
    "ledger.import": ("导入台账", "import ledgers"),
    "policy.see": ("查看制度", "see the regulations"),
    "policy.propose": ("提议修改数值", "propose figures"),
    "policy.approve": ("批准修改数值", "approve figures"),
    "compliance.see": ("查看合规情况", "see compliance"),
    "journal.see": ("查看日志", "see the journal"),
    "people.roster": ("排班", "keep rosters"),
    "people.manage": ("管理人员", "manage people"),
    "calendars.edit": ("维护工作日历", "edit calendars"),
    "tokens.manage": ("管理接口令牌", "manage tokens"),
    "settings.edit": ("修改设置", "edit settings"),
}


def right_words(rights: Iterable[str]) -> str:
    """The rights in the order above, as one line."""
    held = set(rights)
    named = [str(t(*RIGHTS[right])) for right in RIGHTS if right in held]
    return str(t("、", ", ")).join(named)


def in_words(sentence: str) -> str:
    """A sentence in which rights stand by their codes, with their words instead."""
    return _CODE.sub(lambda found: str(t(*RIGHTS[found[0]])) if found[0] in RIGHTS else found[0], sentence)
