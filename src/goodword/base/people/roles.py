"""Roles: who may do what. Roles are code; who holds one, and in which department, is data.

The five regulations name them: the reputation group (WM-2.1a), promoter (WM-2.2a), technical supporter (WM-2.4b),
upgrade group (SU-5), customer relations (KC-6a), account manager (KC-7a), brand (KC-9a), legal (KC-10a), the
satisfaction committee (CS-2.1) and the departments (CS-2.2).
"""

from __future__ import annotations

from dataclasses import dataclass

CASE_WORK = "cases.see cases.note cases.reply customers.see rentals.see attachments.add policy.see"
DESK = f"{CASE_WORK} cases.receive cases.triage cases.dispatch cases.hand_over cases.merge cases.link customers.edit"
FLOOR = (
    f"{CASE_WORK} cases.hand_over cases.investigate cases.solve cases.carry_out cases.guide cases.answer_help"
)
LEAD = (
    "cases.approve cases.waive cases.assess cases.coordinate cases.share_views cases.export "
    "compliance.see people.roster"
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its code, its names, and the rights it gives.

    second_factor: whoever holds it shows a second factor at log-in.
    company_wide: `rights` reach every department's cases. home_rights: those that reach only the cases of the
    department in which the role is held, or the person's own.
    """

    code: str
    zh: str
    en: str
    rights: frozenset[str]
    home_rights: frozenset[str] = frozenset()
    company_wide: bool = False
    clause: str = ""
    second_factor: bool = False

    def gives(self, right: str, *, at_home: bool) -> bool:
        """Whether the role gives `right` in its own department (`at_home`) or in another one."""
        if at_home:
            return right in self.rights or right in self.home_rights
        return self.company_wide and right in self.rights


def _role(
    code: str,
    zh: str,
    en: str,
    rights: str,
    *,
    at_home: str = "",
    company_wide: bool = False,
    clause: str = "",
    second_factor: bool = False,
) -> Role:
    return Role(
        code,
        zh,
        en,
        frozenset(rights.split()),
        frozenset(at_home.split()),
        company_wide,
        clause,
        second_factor,
    )


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "intake",
            "受理专员",
            "Intake agent",
            f"{DESK} cases.assess cases.close cases.answer ledger.import",
            at_home="cases.investigate cases.solve cases.carry_out",
            company_wide=True,
        ),
        _role(
            "callback",
            "回访专员",
            "Callback agent",
            f"{CASE_WORK} cases.call_back cases.close cases.receive",
            company_wide=True,
        ),
        _role(
            "reputation_monitor",
            "口碑监测与维护专员",
            "Reputation monitor",
            f"{DESK} cases.assess",
            company_wide=True,
        ),
        _role(
            "service_lead",
            "客服主管",
            "Customer-service lead",
            f"{DESK} {FLOOR} {LEAD} cases.call_back cases.close cases.answer cases.reopen "
            "customers.reveal ledger.import rentals.edit scripts.edit",
            company_wide=True,
        ),
        _role("engineer", "技术工程师", "Engineer", f"{FLOOR} rentals.edit"),
        _role(
            "reputation_supporter",
            "口碑支撑员",
            "Technical supporter",
            # Remote guidance for an urgent fault (WM-2.4a) is theirs whichever department answers for the case.
            f"{CASE_WORK} cases.guide",
            at_home=f"{FLOOR} rentals.edit",
            company_wide=True,
            clause="WM-2.4b",
        ),
        _role("warehouse", "仓储专员", "Warehouse staff", f"{FLOOR} rentals.edit"),
        _role(
            "account_manager",
            "客户经理",
            "Account manager",
            f"{FLOOR} cases.receive cases.answer customers.edit customers.reveal rentals.edit",
            clause="KC-7a",
        ),
        _role(
            "customer_relations",
            "客户关系专员",
            "Customer relations",
            f"{FLOOR} {LEAD} cases.receive customers.edit customers.reveal",
            company_wide=True,
            clause="KC-6a",
        ),
        _role("promoter", "口碑推广专员", "Reputation promoter", f"{FLOOR} cases.receive", clause="WM-2.2a"),
        _role("brand", "品牌专员", "Brand", f"{FLOOR} cases.receive", clause="KC-9a"),
        _role("legal", "法务专员", "Legal", FLOOR, clause="KC-10a"),
        _role("finance", "财务专员", "Finance", FLOOR),
        _role("human_resources", "人力资源专员", "Human resources", "policy.see cases.see cases.note"),
        _role(
            "quality",
            "质量监督员",
            "Quality",
            f"{CASE_WORK} cases.export compliance.see journal.see",
            company_wide=True,
        ),
        _role("product", "产品研发", "Product development", FLOOR),
        _role(
            "department_head",
            "部门负责人",
            "Department head",
            f"{FLOOR} {LEAD} cases.receive cases.reopen cases.answer customers.reveal rentals.edit",
        ),
        _role(
            "deputy_general_manager",
            "副总经理",
            "Deputy general manager",
            f"{CASE_WORK} {LEAD} cases.receive cases.reopen policy.propose policy.approve journal.see",
            company_wide=True,
        ),
        _role(
            "general_manager",
            "总经理",
            "General manager",
            f"{CASE_WORK} {LEAD} cases.receive cases.reopen policy.propose policy.approve journal.see",
            company_wide=True,
        ),
        _role(
            "administrator",
            "系统管理员",
            "Administrator",
            "policy.see policy.propose people.manage people.roster calendars.edit tokens.manage "
            "settings.edit scripts.edit journal.see compliance.see",
            second_factor=True,
        ),
    )
}

GROUPS: dict[str, tuple[str, str, str]] = {
    "reputation_group": ("口碑管理小组", "Reputation group", "WM-2.1a"),
    "upgrade_group": ("升级小组", "Upgrade group", "SU-5"),
    "satisfaction_committee": ("客户满意度管理委员会", "Satisfaction committee", "CS-2.1"),
}

DEPARTMENTS: dict[str, tuple[str, str]] = {
    "service": ("客服部", "Customer service"),
    "technology": ("技术部", "Technology"),
    "warehouse": ("仓储部", "Warehouse"),
    "equipment": ("设备管理部", "Equipment"),
    "sales": ("销售部", "Sales"),
    "business": ("业务部", "Business"),
    "relations": ("客户关系管理部", "Customer relations"),
    "marketing": ("市场部", "Marketing"),
    "brand": ("品牌部", "Brand"),
    "legal": ("法务部", "Legal"),
    "finance": ("财务部", "Finance"),
    "hr": ("人力资源部", "Human resources"),
    "quality": ("质量监督部", "Quality"),
    "product": ("产品研发部", "Product development"),
    "management": ("管理层", "Management"),
}
"""The departments a new company starts with (CS-2.2); it may rename, merge and add."""
