"""The eight steps of README.md with pika."""

import sys

import pika

host, port = sys.argv[1], int(sys.argv[2])
parameters = pika.ConnectionParameters(host, port)


connection = pika.BlockingConnection(parameters)
channel = connection.channel()
print("connect")

channel.exchange_declare("pika", exchange_type="topic")
channel.exchange_declare("pika.dead", exchange_type="fanout")
channel.queue_declare("pika", arguments={"x-dead-letter-exchange": "pika.dead"})
channel.queue_bind("pika", "pika", "a.#")
dead = channel.queue_declare("", exclusive=True).method.queue
channel.queue_bind(dead, "pika.dead")
print("topology")

channel.confirm_delivery()
for body in ("one", "two", "three"):
    channel.basic_publish("pika", "a.b", body.encode(), mandatory=True)  # raises without a confirm
print("confirm 3")

try:
    channel.basic_publish("pika", "nowhere", b"lost", mandatory=True)
    raise SystemExit("an unroutable message was not returned")
except pika.exceptions.UnroutableError as unroutable:
    print("return", unroutable.messages[0].method.reply_code)

first, _, body = channel.basic_get("pika")
channel.basic_reject(first.delivery_tag, requeue=True)
again, _, same = channel.basic_get("pika")
assert (first.redelivered, again.redelivered, same) == (False, True, body)
print("redelivery", body.decode())

channel.basic_reject(again.delivery_tag, requeue=False)
for _, properties, body in channel.consume(dead, inactivity_timeout=30):
    death = properties.headers["x-death"][0]
    assert (death["queue"], death["count"], body) == ("pika", 1, b"one")
    print("dead-letter", death["reason"])
    break
channel.cancel()

cancelled = []
channel.add_on_cancel_callback(cancelled.append)
channel.basic_consume("pika", lambda *_: None)
other = pika.BlockingConnection(parameters)
other.channel().queue_delete("pika")
other.close()
while not cancelled:
    connection.process_data_events(1)
print("cancel")

try:
    channel.queue_declare("nowhere", passive=True)
except pika.exceptions.ChannelClosedByBroker as closed:
    print("close", closed.reply_code)
channel = connection.channel()  # the connection is as good as before
channel.exchange_delete("pika")
channel.exchange_delete("pika.dead")
connection.close()
