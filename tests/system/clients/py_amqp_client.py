"""The eight steps of README.md with py-amqp."""

import sys

import amqp

address = f"{sys.argv[1]}:{sys.argv[2]}"

connection = amqp.Connection(address, confirm_publish=True)
connection.connect()
channel = connection.channel()
print("connect")

channel.exchange_declare("py-amqp", "topic", auto_delete=False)
channel.exchange_declare("py-amqp.dead", "fanout", auto_delete=False)
channel.queue_declare("py-amqp", auto_delete=False,
                      arguments={"x-dead-letter-exchange": "py-amqp.dead"})
channel.queue_bind("py-amqp", "py-amqp", "a.#")
dead = channel.queue_declare("", exclusive=True).queue
channel.queue_bind(dead, "py-amqp.dead")
print("topology")

for body in ("one", "two", "three"):
    channel.basic_publish_confirm(amqp.Message(body), "py-amqp", "a.b")
print("confirm 3")

returned = []
channel.events["basic_return"].add(lambda *arguments: returned.append(arguments[0]))
channel.basic_publish_confirm(amqp.Message("lost"), "py-amqp", "nowhere", mandatory=True)
print("return", returned[0].reply_code)

first = channel.basic_get("py-amqp")
channel.basic_reject(first.delivery_tag, requeue=True)
again = channel.basic_get("py-amqp")
assert not first.delivery_info["redelivered"] and again.delivery_info["redelivered"]
assert again.body == first.body
print("redelivery", again.body)

channel.basic_reject(again.delivery_tag, requeue=False)
arrived = []
tag = channel.basic_consume(dead, callback=arrived.append, no_ack=True)
while not arrived:
    connection.drain_events(timeout=30)
channel.basic_cancel(tag)
death = arrived[0].headers["x-death"][0]
assert (death["queue"], death["count"], arrived[0].body) == ("py-amqp", 1, "one")
print("dead-letter", death["reason"])

cancelled = []
channel.basic_consume("py-amqp", callback=lambda _: None, on_cancel=cancelled.append)
other = amqp.Connection(address)
other.connect()
other.channel().queue_delete("py-amqp")
other.close()
while not cancelled:
    try:
        connection.drain_events(timeout=30)
    except amqp.exceptions.ConsumerCancelled:
        cancelled.append(True)
print("cancel")

try:
    channel.queue_declare("nowhere", passive=True)
except amqp.exceptions.NotFound as closed:
    print("close", closed.reply_code)
channel = connection.channel()
channel.exchange_delete("py-amqp")
channel.exchange_delete("py-amqp.dead")
connection.close()
