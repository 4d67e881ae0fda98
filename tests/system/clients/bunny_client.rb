# The eight steps of README.md with bunny.
require 'bunny'
$stdout.sync = true

host, port = ARGV
options = { host: host, port: port.to_i, automatically_recover: false }

connection = Bunny.new(**options).start
channel = connection.create_channel
puts 'connect'

exchange = channel.topic('bunny')
graveyard = channel.fanout('bunny.dead')
queue = channel.queue('bunny', arguments: { 'x-dead-letter-exchange' => 'bunny.dead' })
queue.bind(exchange, routing_key: 'a.#')
dead = channel.queue('', exclusive: true).bind(graveyard)
puts 'topology'

channel.confirm_select
%w[one two three].each { |body| exchange.publish(body, routing_key: 'a.b') }
abort 'not confirmed' unless channel.wait_for_confirms
puts 'confirm 3'

returned = Queue.new
exchange.on_return { |info, _, _| returned << info.reply_code }
exchange.publish('lost', routing_key: 'nowhere', mandatory: true)
puts "return #{returned.pop}"

first, _, body = queue.pop(manual_ack: true)
channel.reject(first.delivery_tag, true)
again, _, same = queue.pop(manual_ack: true)
abort 'not the same' unless [first.redelivered?, again.redelivered?, same] == [false, true, body]
puts "redelivery #{body}"

channel.reject(again.delivery_tag, false)
buried = Queue.new
dead.subscribe { |_, properties, text| buried << [properties.headers['x-death'][0], text] }
death, text = buried.pop
abort death.inspect unless [death['queue'], death['count'], text] == ['bunny', 1, 'one']
puts "dead-letter #{death['reason']}"

cancelled = Queue.new
consumer = Bunny::Consumer.new(channel, queue)
consumer.on_cancellation { |method| cancelled << method }
queue.subscribe_with(consumer)
other = Bunny.new(**options).start
other.create_channel.queue_delete('bunny')
other.close
cancelled.pop
puts 'cancel'

begin
  connection.create_channel.queue_declare('nowhere', passive: true)
rescue Bunny::NotFound => e
  puts "close #{e.channel_close.reply_code}"
end
channel.exchange_delete('bunny')
channel.exchange_delete('bunny.dead')
connection.close
