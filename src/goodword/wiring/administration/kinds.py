"""What is journalled of administration, all in the company's own chain."""

from goodword.engine.journal.kinds import declare

COMPANY = ("company", "company")

NAMED = declare("company.named", "公司更名", "Company named")
DEPARTMENT_RENAMED = declare(
    "company.department_renamed", "部门更名", "Department renamed", facts="department"
)
HEAD_CHANGED = declare("company.head_changed", "部门负责人变更", "Head changed", facts="department account")
ACCOUNT_MADE = declare("company.account_made", "新建账号", "Account made", facts="account person department")
ACCOUNT_LINKED = declare(
    "company.account_linked", "账号关联到本人", "Account linked", facts="account person before"
)
ACCOUNT_STOPPED = declare("company.account_stopped", "停用账号", "Account stopped", facts="account")
ACCOUNT_RESUMED = declare("company.account_resumed", "恢复账号", "Account resumed", facts="account")
PASSWORD_RESET = declare("company.password_reset", "重置密码", "Password reset", facts="account")
EXPERIENCE_RECORDED = declare(
    "company.experience_recorded", "登记资历", "Experience recorded", facts="person since"
)
ROLE_GIVEN = declare("company.role_given", "授予角色", "Role given", facts="account role department")
ROLE_TAKEN = declare("company.role_taken", "收回角色", "Role taken", facts="account role department")
SHIFT_ADDED = declare("company.shift_added", "排班", "Shift added", facts="account shift starts_at ends_at")
ABSENCE_ADDED = declare(
    "company.absence_added", "请假与代班", "Away, with a stand-in", facts="account stand_in starts_at ends_at"
)
CALENDAR_PUBLISHED = declare(
    "company.calendar_published", "发布工作日历", "Calendar published", facts="calendar version"
)
ABSENCE_ENDED = declare("company.absence_ended", "提前销假", "Back early", facts="account stand_in")
SHIFT_SWITCHED = declare(
    "company.shift_switched", "切换在岗状态", "On or off shift", facts="account on_shift"
)
GROUP_SEATED = declare("company.group_seated", "进入小组", "Seated in a group", facts="group account seat")
GROUP_UNSEATED = declare("company.group_unseated", "移出小组", "Seat taken away", facts="group account")
GATHERING_SET = declare(
    "company.gathering_set", "设定汇总提醒", "Gathering of late notices set", facts="after lasts"
)
HOTLINE_SET = declare("company.hotline_set", "设定热线", "Hotline set", facts="numbers may_differ")
HOTLINE_SECRET_MADE = declare("company.hotline_secret_made", "更换热线密钥", "Hotline secret made")
APP_SET = declare(
    "company.app_box_set",
    "设定应用内意见栏",
    "In-app box set",
    facts="is_open origins calendar keeps_for may_differ",
)
APP_SECRET_MADE = declare("company.app_secret_made", "更换应用接口密钥", "In-app box secret made")
WECHAT_SET = declare(
    "company.wechat_set", "设定微信公众号", "WeChat account set", facts="mode appid template secrets"
)
WECOM_SET = declare(
    "company.wecom_set", "设定微信客服", "WeCom customer service set", facts="corpid polled_every secrets"
)
EXTENSION_SET = declare("company.extension_set", "设定分机", "Extension set", facts="account")
MAILBOX_ADDED = declare("company.mailbox_added", "添加邮箱", "Mailbox added", facts="mailbox active")
MAILBOX_CHANGED = declare(
    "company.mailbox_changed", "修改邮箱", "Mailbox changed", facts="mailbox active changed"
)
MAIL_RULES_SET = declare(
    "company.mail_rules_set", "设定邮件规则", "Rules for mails set", facts="domains most_an_hour"
)
SECOND_FACTOR_SET = declare("company.second_factor_set", "启用两步验证", "Second factor set", facts="account")
SECOND_FACTOR_TAKEN = declare(
    "company.second_factor_taken", "解除两步验证", "Second factor taken away", facts="account"
)
QUIET_HOURS_SET = declare(
    "company.quiet_hours_set", "设定免打扰时段", "Quiet hours set", facts="account starts ends"
)
CUSTOMERS_QUIET_SET = declare(
    "company.customers_quiet_set",
    "设定客户免打扰时段",
    "Customers’ quiet hours set",
    facts="starts ends awake",
)
LOGGED_OUT = declare("company.logged_out", "退出其他登录", "Logged out elsewhere", facts="account ended")
COLOURED = declare("company.coloured", "更换公司主色", "Company colour changed", facts="accent")
MARKED = declare("company.marked", "更换公司标志", "Company mark changed", facts="sha256 content_type size")
STAFF_WAYS_SET = declare(
    "company.staff_ways_set", "设定通知方式", "Ways to staff set", facts="ordinary urgent"
)
WAYS_CHOSEN = declare(
    "company.ways_chosen", "选择提醒方式", "Ways of notices chosen", facts="account ordinary urgent"
)
STAFF_ADDRESS_SET = declare(
    "company.staff_address_set", "登记平台账号", "Name on a platform set", facts="account way"
)
ROBOT_ADDED = declare(
    "company.robot_added", "添加群机器人", "Group robot added", facts="robot platform private"
)
ROBOT_SWITCHED = declare(
    "company.robot_switched", "开关群机器人", "Group robot switched", facts="robot is_on"
)
PLATFORM_APP_SET = declare(
    "company.platform_app_set", "设定平台应用", "Platform’s app set", facts="platform is_on private"
)
CARRIER_SET = declare(
    "company.carrier_set", "设定短信与语音", "SMS or voice call set", facts="use provider is_on private"
)
ENDPOINT_ADDED = declare(
    "company.endpoint_added", "添加推送地址", "Webhook added", facts="endpoint kinds private"
)
ENDPOINT_SWITCHED = declare(
    "company.endpoint_switched", "开关推送地址", "Webhook switched", facts="endpoint is_on"
)
