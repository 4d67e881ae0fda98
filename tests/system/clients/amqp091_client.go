// The eight steps of README.md with amqp091-go.
package main

import (
	"context"
	"fmt"
	"os"

	amqp "github.com/rabbitmq/amqp091-go"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func expect(good bool, what ...any) {
	if !good {
		panic(fmt.Sprint(what...))
	}
}

func main() {
	url := fmt.Sprintf("amqp://guest:guest@%s:%s/", os.Args[1], os.Args[2])
	connection, err := amqp.Dial(url)
	must(err)
	channel, err := connection.Channel()
	must(err)
	fmt.Println("connect")

	must(channel.ExchangeDeclare("go", "topic", false, false, false, false, nil))
	must(channel.ExchangeDeclare("go.dead", "fanout", false, false, false, false, nil))
	_, err = channel.QueueDeclare("go", false, false, false, false,
		amqp.Table{"x-dead-letter-exchange": "go.dead"})
	must(err)
	must(channel.QueueBind("go", "a.#", "go", false, nil))
	dead, err := channel.QueueDeclare("", false, false, true, false, nil)
	must(err)
	must(channel.QueueBind(dead.Name, "", "go.dead", false, nil))
	fmt.Println("topology")

	returned := channel.NotifyReturn(make(chan amqp.Return, 1))
	confirmations := channel.NotifyPublish(make(chan amqp.Confirmation, 4))
	must(channel.Confirm(false))
	publish := func(key, body string) bool {
		must(channel.PublishWithContext(context.Background(), "go", key, true, false,
			amqp.Publishing{Body: []byte(body)}))
		return (<-confirmations).Ack
	}
	confirmed := 0
	for _, body := range []string{"one", "two", "three"} {
		if publish("a.b", body) {
			confirmed++
		}
	}
	fmt.Println("confirm", confirmed)

	publish("nowhere", "lost")
	fmt.Println("return", (<-returned).ReplyCode)

	first, found, err := channel.Get("go", false)
	must(err)
	expect(found && !first.Redelivered, "the first get")
	must(first.Reject(true))
	again, found, err := channel.Get("go", false)
	must(err)
	expect(found && again.Redelivered && string(again.Body) == string(first.Body), "the second get")
	fmt.Println("redelivery", string(again.Body))

	must(again.Reject(false))
	buried, err := channel.Consume(dead.Name, "", true, false, false, false, nil)
	must(err)
	message := <-buried
	death := message.Headers["x-death"].([]interface{})[0].(amqp.Table)
	expect(death["queue"] == "go" && death["count"] == int64(1), death)
	expect(string(message.Body) == "one", message.Body)
	fmt.Println("dead-letter", death["reason"])

	cancelled := channel.NotifyCancel(make(chan string, 1))
	_, err = channel.Consume("go", "doomed", false, false, false, false, nil)
	must(err)
	other, err := amqp.Dial(url)
	must(err)
	deleter, err := other.Channel()
	must(err)
	_, err = deleter.QueueDelete("go", false, false, false)
	must(err)
	must(other.Close())
	expect(<-cancelled == "doomed", "another consumer was cancelled")
	fmt.Println("cancel")

	failing, err := connection.Channel()
	must(err)
	_, err = failing.QueueDeclarePassive("nowhere", false, false, false, false, nil)
	fmt.Println("close", err.(*amqp.Error).Code)
	must(channel.ExchangeDelete("go", false, false))
	must(channel.ExchangeDelete("go.dead", false, false))
	must(connection.Close())
}
