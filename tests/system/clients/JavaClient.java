import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** The eight steps of README.md with RabbitMQ's Java client. */
public class JavaClient {
  public static void main(String[] arguments) {
    try {
      walk(arguments[0], Integer.parseInt(arguments[1]));
      System.exit(0);
    } catch (Throwable problem) {
      problem.printStackTrace();
      System.exit(1);
    }
  }

  private static void walk(String host, int port) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(host);
    factory.setPort(port);
    Connection connection = factory.newConnection();
    Channel channel = connection.createChannel();
    System.out.println("connect");

    channel.exchangeDeclare("java", "topic");
    channel.exchangeDeclare("java.dead", "fanout");
    channel.queueDeclare(
        "java", false, false, false, Map.of("x-dead-letter-exchange", "java.dead"));
    channel.queueBind("java", "java", "a.#");
    String dead = channel.queueDeclare().getQueue();
    channel.queueBind(dead, "java.dead", "");
    System.out.println("topology");

    channel.confirmSelect();
    for (String body : List.of("one", "two", "three")) {
      channel.basicPublish("java", "a.b", null, body.getBytes());
    }
    channel.waitForConfirmsOrDie();
    System.out.println("confirm 3");

    BlockingQueue<Integer> returned = new LinkedBlockingQueue<>();
    channel.addReturnListener((code, text, exchange, key, properties, body) -> returned.add(code));
    channel.basicPublish("java", "nowhere", true, null, "lost".getBytes());
    System.out.println("return " + returned.take());

    GetResponse first = channel.basicGet("java", false);
    channel.basicReject(first.getEnvelope().getDeliveryTag(), true);
    GetResponse again = channel.basicGet("java", false);
    String body = new String(again.getBody());
    expect(!first.getEnvelope().isRedeliver() && again.getEnvelope().isRedeliver(), "redelivered");
    expect(body.equals(new String(first.getBody())), body);
    System.out.println("redelivery " + body);

    channel.basicReject(again.getEnvelope().getDeliveryTag(), false);
    BlockingQueue<Map<?, ?>> buried = new LinkedBlockingQueue<>();
    channel.basicConsume(dead, true, new DefaultConsumer(channel) {
      @Override
      public void handleDelivery(
          String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] text) {
        buried.add((Map<?, ?>) ((List<?>) properties.getHeaders().get("x-death")).get(0));
      }
    });
    Map<?, ?> death = buried.take();
    expect("java".equals(death.get("queue").toString()) && death.get("count").equals(1L), death);
    System.out.println("dead-letter " + death.get("reason"));

    CountDownLatch cancelled = new CountDownLatch(1);
    channel.basicConsume("java", new DefaultConsumer(channel) {
      @Override
      public void handleCancel(String tag) {
        cancelled.countDown();
      }
    });
    Connection other = factory.newConnection();
    other.createChannel().queueDelete("java");
    other.close();
    cancelled.await();
    System.out.println("cancel");

    try {
      connection.createChannel().queueDeclarePassive("nowhere");
    } catch (IOException closed) {
      ShutdownSignalException signal = (ShutdownSignalException) closed.getCause();
      System.out.println("close " + ((AMQP.Channel.Close) signal.getReason()).getReplyCode());
    }
    channel.exchangeDelete("java");
    channel.exchangeDelete("java.dead");
    connection.close();
  }

  private static void expect(boolean good, Object what) {
    if (!good)
      throw new AssertionError(what);
  }
}
