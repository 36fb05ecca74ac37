"""The forty invented people of the demo company: who they are, where, in which roles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """One person: username, invented name in both languages, department, roles, years with the equipment or trade."""

    username: str
    name: str
    name_en: str
    department: str
    roles: tuple[str, ...]
    years: int = 5

    @property
    def is_head(self) -> bool:
        """Whether the department is theirs: the first of it who holds the role of head."""
        return "department_head" in self.roles


def _m(username: str, name: str, name_en: str, department: str, roles: str, years: int = 5) -> Member:
    return Member(username, name, name_en, department, tuple(roles.split()), years)


MEMBERS: tuple[Member, ...] = (
    _m("admin", "管系统", "Guan Xitong", "management", "administrator"),
    _m("gm", "钱总", "Qian Zong", "management", "general_manager", 20),
    _m("dgm", "高副总", "Gao Fuzong", "management", "deputy_general_manager", 15),
    _m("lead", "周主管", "Zhou Zhuguan", "service", "service_lead department_head", 9),
    _m("lead2", "唐副主管", "Tang Fuzhuguan", "service", "service_lead", 6),
    _m("intake1", "林受理", "Lin Shouli", "service", "intake"),
    _m("intake2", "许受理", "Xu Shouli", "service", "intake"),
    _m("intake3", "孟受理", "Meng Shouli", "service", "intake", 3),
    _m("intake4", "严受理", "Yan Shouli", "service", "intake", 2),
    _m("callback1", "何回访", "He Huifang", "service", "callback"),
    _m("callback2", "罗回访", "Luo Huifang", "service", "callback", 3),
    _m("callback3", "邓回访", "Deng Huifang", "service", "callback", 2),
    _m("monitor1", "苏监测", "Su Jiance", "service", "reputation_monitor", 4),
    _m("techhead", "吴主任", "Wu Zhuren", "technology", "department_head", 12),
    _m("techdeputy", "冯副主任", "Feng Fuzhuren", "technology", "engineer department_head", 9),
    _m("engineer1", "陈工程一", "Chen Gongcheng", "technology", "engineer", 7),
    _m("engineer2", "郑工程二", "Zheng Gongcheng", "technology", "engineer", 4),
    _m("engineer3", "曹工程三", "Cao Gongcheng", "technology", "engineer", 2),
    _m("supporter1", "魏支撑", "Wei Zhicheng", "technology", "reputation_supporter engineer", 6),
    _m("warehousehead", "方库长", "Fang Kuzhang", "warehouse", "department_head", 10),
    _m("warehouse1", "石仓储", "Shi Cangchu", "warehouse", "warehouse"),
    _m("warehouse2", "毛仓储", "Mao Cangchu", "warehouse", "warehouse", 3),
    _m("equipmenthead", "康设备", "Kang Shebei", "equipment", "department_head", 8),
    _m("equipment1", "史器材", "Shi Qicai", "equipment", "warehouse", 4),
    _m("saleshead", "万经理", "Wan Jingli", "sales", "department_head", 11),
    _m("sales1", "梁客户", "Liang Kehu", "sales", "account_manager"),
    _m("sales2", "宋客户", "Song Kehu", "sales", "account_manager", 3),
    _m("businesshead", "谢业务", "Xie Yewu", "business", "department_head", 9),
    _m("relationshead", "韩客关", "Han Keguan", "relations", "department_head customer_relations", 8),
    _m("relations1", "夏客关", "Xia Keguan", "relations", "customer_relations", 4),
    _m("marketinghead", "彭市场", "Peng Shichang", "marketing", "department_head", 9),
    _m("promoter1", "曾推广", "Zeng Tuiguang", "marketing", "promoter", 4),
    _m("brandhead", "肖品牌", "Xiao Pinpai", "brand", "department_head brand", 8),
    _m("legalhead", "董法务", "Dong Fawu", "legal", "department_head legal", 10),
    _m("financehead", "袁财务", "Yuan Caiwu", "finance", "department_head finance", 10),
    _m("finance1", "潘财务", "Pan Caiwu", "finance", "finance"),
    _m("hrhead", "余人事", "Yu Renshi", "hr", "department_head human_resources", 7),
    _m("qualityhead", "蒋质检", "Jiang Zhijian", "quality", "department_head quality", 9),
    _m("producthead", "杜研发", "Du Yanfa", "product", "department_head product", 8),
    _m("product1", "叶研发", "Ye Yanfa", "product", "product", 3),
)

SECOND_ACCOUNT = _m("intake5", "邓回访", "Deng Huifang", "service", "intake", 2)
"""A second log-in of a person who also calls back: independence is judged by the person (FB-4.3e)."""
SAME_PERSON_AS = "callback3"

SEATS: dict[str, tuple[tuple[str, str], ...]] = {
    "reputation_group": (
        ("dgm", "leader"),
        ("marketinghead", "deputy"),
        ("lead", "deputy"),
        ("supporter1", "member"),
        ("warehouse1", "member"),
        ("monitor1", "member"),
        ("promoter1", "member"),
    ),
    "upgrade_group": (
        ("dgm", "leader"),
        ("lead", "deputy"),
        ("saleshead", "member"),
        ("techhead", "member"),
        ("equipmenthead", "member"),
        ("financehead", "member"),
        ("engineer1", "member"),
    ),
    "satisfaction_committee": (
        ("gm", "leader"),
        ("dgm", "deputy"),
        ("lead", "member"),
        ("techhead", "member"),
        ("saleshead", "member"),
        ("financehead", "member"),
        ("qualityhead", "member"),
    ),
}
