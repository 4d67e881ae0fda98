"""The eight steps of README.md with kombu."""

import sys

import kombu

url = f"pyamqp://guest:guest@{sys.argv[1]}:{sys.argv[2]}//"
connection = kombu.Connection(url, transport_options={"confirm_publish": True})
connection.connect()
channel = connection.channel()
print("connect")

exchange = kombu.Exchange("kombu", "topic", durable=False)
graveyard = kombu.Exchange("kombu.dead", "fanout", durable=False)
queue = kombu.Queue("kombu", exchange, "a.#", durable=False,
                    queue_arguments={"x-dead-letter-exchange": "kombu.dead"})
dead = kombu.Queue("kombu.dead", graveyard, exclusive=True)
for entity in (queue, dead):
    entity(channel).declare()
print("topology")

returned = []
producer = connection.Producer(channel, on_return=lambda error, *_: returned.append(error))
for body in ("one", "two", "three"):
    producer.publish(body, exchange=exchange, routing_key="a.b")  # waits for its confirm
print("confirm 3")

producer.publish("lost", exchange=exchange, routing_key="nowhere", mandatory=True)
print("return", returned[0].reply_code)

bound = queue(channel)
first = bound.get()
first.requeue()
again = bound.get()
assert not first.delivery_info["redelivered"] and again.delivery_info["redelivered"]
assert again.payload == first.payload
print("redelivery", again.payload)

again.reject()
arrived = []
with kombu.Consumer(channel, [dead], on_message=arrived.append, no_ack=True):
    while not arrived:
        connection.drain_events(timeout=30)
death = arrived[0].headers["x-death"][0]
assert (death["queue"], death["count"], arrived[0].payload) == ("kombu", 1, "one")
print("dead-letter", death["reason"])

consumer = kombu.Consumer(channel, [queue], on_message=lambda _: None)
consumer.consume()
with kombu.Connection(url) as other:
    queue(other.channel()).delete()
try:
    while True:
        connection.drain_events(timeout=30)
except connection.connection_errors as error:
    assert "cancel" in type(error).__name__.lower(), repr(error)
    print("cancel")

# kombu takes a cancelled consumer for a lost connection, so the last step opens another.
connection = connection.clone()
try:
    connection.channel().queue_declare("nowhere", passive=True)
except connection.channel_errors as closed:
    print("close", closed.reply_code)
channel = connection.channel()
exchange(channel).delete()
graveyard(channel).delete()
connection.close()
