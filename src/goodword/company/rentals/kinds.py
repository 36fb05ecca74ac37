"""What is journalled of rentals."""

from goodword.engine.journal.kinds import declare

RECORDED = declare("order.recorded", "订单登记", "Order recorded", facts="number customer stage")
CHANGED = declare("order.changed", "订单变更", "Order changed", facts="fields stage")
HAPPENED = declare("order.event_recorded", "订单进展", "Order event", facts="event happened_at stage")
DEVICE_RECORDED = declare("device.recorded", "设备登记", "Device recorded", facts="type")
DEVICE_CHANGED = declare("device.changed", "设备变更", "Device changed", facts="fields")
