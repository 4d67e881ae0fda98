"""The eight steps of README.md with aio-pika, and below it aiormq."""

import asyncio
import sys

import aio_pika

url = f"amqp://guest:guest@{sys.argv[1]}:{sys.argv[2]}/"


async def walk():
    connection = await aio_pika.connect(url)
    channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
    print("connect")

    exchange = await channel.declare_exchange("aio-pika", aio_pika.ExchangeType.TOPIC)
    graveyard = await channel.declare_exchange("aio-pika.dead", aio_pika.ExchangeType.FANOUT)
    queue = await channel.declare_queue("aio-pika",
                                        arguments={"x-dead-letter-exchange": graveyard.name})
    await queue.bind(exchange, "a.#")
    dead = await channel.declare_queue(exclusive=True)
    await dead.bind(graveyard)
    print("topology")

    for body in ("one", "two", "three"):
        await exchange.publish(aio_pika.Message(body.encode()), "a.b")
    print("confirm 3")

    try:
        await exchange.publish(aio_pika.Message(b"lost"), "nowhere")
    except aio_pika.exceptions.DeliveryError as error:
        print("return", error.message.delivery.reply_code)

    first = await queue.get()
    await first.reject(requeue=True)
    again = await queue.get()
    assert (first.redelivered, again.redelivered, again.body) == (False, True, first.body)
    print("redelivery", again.body.decode())

    await again.reject(requeue=False)
    async with dead.iterator() as messages:
        async for message in messages:
            await message.ack()
            death = message.headers["x-death"][0]
            assert (death["queue"], death["count"], message.body) == ("aio-pika", 1, b"one")
            print("dead-letter", death["reason"])
            break

    # aio-pika does not say that a consumer was cancelled; aiormq below it forgets the consumer.
    consumers = channel.channel.consumers
    tag = await queue.consume(lambda _: None)
    assert tag in consumers
    other = await aio_pika.connect(url)
    await (await other.channel()).queue_delete("aio-pika")
    await other.close()
    while tag in consumers:
        await asyncio.sleep(0.01)
    print("cancel")

    try:
        await channel.get_queue("nowhere")
    except aio_pika.exceptions.ChannelNotFoundEntity as closed:
        print("close", 404 if "NOT_FOUND - no queue" in str(closed) else closed)
    channel = await connection.channel()
    await channel.exchange_delete("aio-pika")
    await channel.exchange_delete("aio-pika.dead")
    await connection.close()


asyncio.run(asyncio.wait_for(walk(), 60))
