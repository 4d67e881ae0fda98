<?php
// The eight steps of README.md with php-amqplib.
require 'PhpAmqpLib/autoload.php';

use PhpAmqpLib\Connection\AMQPStreamConnection;
use PhpAmqpLib\Exception\AMQPBasicCancelException;
use PhpAmqpLib\Exception\AMQPProtocolChannelException;
use PhpAmqpLib\Message\AMQPMessage;
use PhpAmqpLib\Wire\AMQPTable;

function expect($wanted, $got): void
{
    if ($wanted !== $got) {
        throw new Exception('wanted ' . json_encode($wanted) . ', got ' . json_encode($got));
    }
}

[, $host, $port] = $argv;
$connection = new AMQPStreamConnection($host, $port, 'guest', 'guest');
$channel = $connection->channel();
echo "connect\n";

$channel->exchange_declare('php', 'topic', false, false, false);
$channel->exchange_declare('php.dead', 'fanout', false, false, false);
$channel->queue_declare('php', false, false, false, false, false,
    new AMQPTable(['x-dead-letter-exchange' => 'php.dead']));
$channel->queue_bind('php', 'php', 'a.#');
[$dead] = $channel->queue_declare('', false, false, true);
$channel->queue_bind($dead, 'php.dead');
echo "topology\n";

$confirmed = 0;
$channel->set_ack_handler(function () use (&$confirmed) { ++$confirmed; });
$channel->confirm_select();
foreach (['one', 'two', 'three'] as $body) {
    $channel->basic_publish(new AMQPMessage($body), 'php', 'a.b');
}
$channel->wait_for_pending_acks(30);
echo "confirm $confirmed\n";

$returned = null;
$channel->set_return_listener(function ($code) use (&$returned) { $returned = $code; });
$channel->basic_publish(new AMQPMessage('lost'), 'php', 'nowhere', true);
$channel->wait_for_pending_acks_returns(30);
echo "return $returned\n";

$first = $channel->basic_get('php');
$first->reject(true);
$again = $channel->basic_get('php');
expect([false, true], [$first->isRedelivered(), $again->isRedelivered()]);
expect($first->getBody(), $again->getBody());
echo "redelivery {$again->getBody()}\n";

$again->reject(false);
$buried = null;
$tag = $channel->basic_consume($dead, '', false, true, false, false,
    function ($message) use (&$buried) { $buried = $message; });
while ($buried === null) {
    $channel->wait(null, false, 30);
}
$channel->basic_cancel($tag);
$death = $buried->get('application_headers')->getNativeData()['x-death'][0];
expect(['php', 1, 'one'], [$death['queue'], $death['count'], $buried->getBody()]);
echo "dead-letter {$death['reason']}\n";

$channel->basic_consume('php', '', false, false, false, false, function () {});
$other = new AMQPStreamConnection($host, $port, 'guest', 'guest');
$other->channel()->queue_delete('php');
$other->close();
try {
    while (true) {
        $channel->wait(null, false, 30);
    }
} catch (AMQPBasicCancelException $cancelled) {
    echo "cancel\n";
}

try {
    $connection->channel()->queue_declare('nowhere', true);
} catch (AMQPProtocolChannelException $closed) {
    echo "close {$closed->amqp_reply_code}\n";
}
$channel = $connection->channel();
$channel->exchange_delete('php');
$channel->exchange_delete('php.dead');
$connection->close();
