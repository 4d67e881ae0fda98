// The eight steps of README.md with amqplib.
'use strict';
const amqp = require('amqplib');

const url = `amqp://guest:guest@${process.argv[2]}:${process.argv[3]}`;
const assert = require('assert');

async function walk() {
  const connection = await amqp.connect(url);
  const channel = await connection.createConfirmChannel();
  console.log('connect');

  await channel.assertExchange('amqplib', 'topic', {durable: false});
  await channel.assertExchange('amqplib.dead', 'fanout', {durable: false});
  await channel.assertQueue('amqplib', {durable: false, deadLetterExchange: 'amqplib.dead'});
  await channel.bindQueue('amqplib', 'amqplib', 'a.#');
  const {queue: dead} = await channel.assertQueue('', {exclusive: true});
  await channel.bindQueue(dead, 'amqplib.dead', '');
  console.log('topology');

  for (const body of ['one', 'two', 'three']) channel.publish('amqplib', 'a.b', Buffer.from(body));
  await channel.waitForConfirms();
  console.log('confirm 3');

  const returned = new Promise((resolve) => channel.once('return', resolve));
  channel.publish('amqplib', 'nowhere', Buffer.from('lost'), {mandatory: true});
  console.log('return', (await returned).fields.replyCode);

  const first = await channel.get('amqplib');
  channel.reject(first, true);
  const again = await channel.get('amqplib');
  assert.deepEqual([first.fields.redelivered, again.fields.redelivered], [false, true]);
  assert.equal(again.content.toString(), first.content.toString());
  console.log('redelivery', again.content.toString());

  channel.reject(again, false);
  const buried = await new Promise((resolve) => channel.consume(dead, resolve, {noAck: true}));
  const [death] = buried.properties.headers['x-death'];
  assert.deepEqual([death.queue, death.count, buried.content.toString()], ['amqplib', 1, 'one']);
  console.log('dead-letter', death.reason);

  // amqplib says that a consumer was cancelled by giving it null for a message.
  const cancelled = new Promise((resolve) =>
    channel.consume('amqplib', (message) => message === null && resolve()));
  const other = await amqp.connect(url);
  await (await other.createChannel()).deleteQueue('amqplib');
  await other.close();
  await cancelled;
  console.log('cancel');

  const failing = await connection.createChannel();
  const error = new Promise((resolve) => failing.on('error', resolve));
  failing.checkQueue('nowhere').catch(() => {});
  console.log('close', (await error).code);
  await channel.deleteExchange('amqplib');
  await channel.deleteExchange('amqplib.dead');
  await connection.close();
}

walk().catch((error) => {
  console.error(error);
  process.exit(1);
});
