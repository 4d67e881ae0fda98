#!/usr/bin/env python3
"""A complete extension service in plain pika: answers /api/hello/NAME with a greeting.

usage: hello.py amqp://USER:PASSWORD@HOST:PORT/%2F

What it does is all that any extension does: declare an exchange and a queue, take requests (a JSON
array: the HTTP request, then who asks), and publish the answer to the exchange and key that the
request names, with the request's correlation id.
"""

import base64
import json
import sys

import pika


def answer(request, caller):
    name = request["requestUri"].rstrip("/").rsplit("/", 1)[-1]
    body = json.dumps({"greeting": f"hello {name}", "user": caller["user"]})
    return {
        "id": request["id"],
        "request": False,
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": base64.b64encode(body.encode()).decode(),
    }


def on_request(channel, method, properties, body):
    request, caller = json.loads(body)[:2]
    channel.basic_publish(
        exchange=properties.headers["replyToExchange"],
        routing_key=properties.reply_to,
        properties=pika.BasicProperties(correlation_id=properties.correlation_id),
        body=json.dumps(answer(request, caller)),
    )
    channel.basic_ack(method.delivery_tag)


def main():
    connection = pika.BlockingConnection(pika.URLParameters(sys.argv[1]))
    channel = connection.channel()
    channel.exchange_declare("hello", exchange_type="direct", durable=True)
    channel.queue_declare("hello")
    channel.queue_bind("hello", "hello", routing_key="hello")
    channel.basic_consume("hello", on_request)
    print("hello: waiting for requests", flush=True)
    try:
        channel.start_consuming()
    except (KeyboardInterrupt, pika.exceptions.AMQPConnectionError):
        pass


if __name__ == "__main__":
    main()
