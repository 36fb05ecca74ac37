"""Who acts: a plain value that actions take as `by=`."""

from __future__ import annotations

from dataclasses import dataclass, field

from goodword.base.core.errors import Forbidden

from .roles import ROLES


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting, with the roles held at this moment: {(role code, department code)}.

    `limit`: scopes of an API token; None for a person at a screen. kind: staff, system or customer.
    """

    account_id: int | None
    person_id: int | None
    name: str = ""
    grants: frozenset[tuple[str, str]] = frozenset()
    limit: frozenset[str] | None = None
    kind: str = "staff"
    departments: frozenset[str] = field(default=frozenset())

    def has(self, right: str, *, department: str | None = None) -> bool:
        """Whether a role held gives `right`: everywhere, or in `department` when one is named."""
        if self.kind == "system":
            return True
        if self.limit is not None and right not in self.limit:
            return False
        return any(
            ROLES[role].gives(right, at_home=department is None or home == department)
            for role, home in self.grants
        )

    def reaches_everywhere(self, right: str) -> bool:
        """Whether `right` is held for every department's cases."""
        if self.kind == "system":
            return True
        if self.limit is not None and right not in self.limit:
            return False
        return any(ROLES[role].gives(right, at_home=False) for role, _ in self.grants)

    @property
    def staff_id(self) -> int:
        """The account's id, for what only a colleague may do; raises Forbidden for the system and for customers."""
        if self.account_id is None:
            raise Forbidden("这一步要由员工本人来做。", "This step is for a colleague in person.")
        return self.account_id

    def plays(self, role: str) -> bool:
        """Whether the role is held, in any department."""
        return any(held == role for held, _ in self.grants)

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role held asks for a second factor at log-in."""
        return any(ROLES[held].second_factor for held, _ in self.grants)

    def require(self, right: str, *, department: str | None = None) -> None:
        """Raise Forbidden unless the right is held."""
        if not self.has(right, department=department):
            raise Forbidden(
                f"您没有“{right}”的权限。",
                f"You do not hold the right “{right}”.",
                cure_zh="请联系部门负责人或系统管理员。",
                cure_en="Ask the head of your department or an administrator.",
            )


SYSTEM = Actor(None, None, name="系统", kind="system")
"""The software itself: jobs, reactions, imports. It may do everything and is named as such in the journal."""

CUSTOMER = Actor(None, None, name="客户", kind="customer")
"""A customer at the portal, known by a case's number and code: holds no staff right at all."""
