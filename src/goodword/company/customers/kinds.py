"""What is journalled of customers. Names and numbers stay in their rows; the facts name the rows."""

from goodword.engine.journal.kinds import declare

REGISTERED = declare("customer.registered", "客户建档", "Customer registered", facts="number type contact")
CONTACT_ADDED = declare("customer.contact_added", "新增联系人", "Contact added", facts="contact")
AMENDED = declare("customer.amended", "客户信息更正", "Customer corrected", facts="fields contact")
QUIET_SET = declare("customer.quiet_set", "客户免打扰时段", "Customer’s quiet hours", facts="starts ends")
REVEALED = declare(
    "customer.revealed", "查看完整信息", "Personal data revealed", facts="field contact reason_id"
)
