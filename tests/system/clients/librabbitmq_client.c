/* The eight steps of README.md with librabbitmq (rabbitmq-c). */
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_tcp_socket.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static amqp_bytes_t text(const char* string) { return amqp_cstring_bytes(string); }

static int same(amqp_bytes_t bytes, const char* string) {
  return bytes.len == strlen(string) && memcmp(bytes.bytes, string, bytes.len) == 0;
}

static void expect(int good, const char* what) {
  if (good) return;
  fprintf(stderr, "not as expected: %s\n", what);
  exit(1);
}

static void replied(amqp_connection_state_t connection, const char* what) {
  expect(amqp_get_rpc_reply(connection).reply_type == AMQP_RESPONSE_NORMAL, what);
}

static amqp_connection_state_t open_connection(const char* host, int port) {
  amqp_connection_state_t connection = amqp_new_connection();
  amqp_socket_t* socket = amqp_tcp_socket_new(connection);
  expect(amqp_socket_open(socket, host, port) == AMQP_STATUS_OK, "socket");
  /* librabbitmq does not say by itself that it understands a basic.cancel of the server's. */
  amqp_table_entry_t cancel = {.key = text("consumer_cancel_notify"),
                               .value = {.kind = AMQP_FIELD_KIND_BOOLEAN, .value = {.boolean = 1}}};
  amqp_table_entry_t entry = {
      .key = text("capabilities"),
      .value = {.kind = AMQP_FIELD_KIND_TABLE,
                .value = {.table = {.num_entries = 1, .entries = &cancel}}}};
  amqp_table_t properties = {.num_entries = 1, .entries = &entry};
  expect(amqp_login_with_properties(connection, "/", 0, 131072, 60, &properties,
                                    AMQP_SASL_METHOD_PLAIN, "guest", "guest")
                 .reply_type == AMQP_RESPONSE_NORMAL,
         "login");
  amqp_channel_open(connection, 1);
  replied(connection, "channel.open");
  return connection;
}

static void close_connection(amqp_connection_state_t connection) {
  expect(amqp_connection_close(connection, AMQP_REPLY_SUCCESS).reply_type == AMQP_RESPONSE_NORMAL,
         "close");
  amqp_destroy_connection(connection);
}

static amqp_frame_t next_method(amqp_connection_state_t connection) {
  amqp_frame_t frame;
  do {
    expect(amqp_simple_wait_frame(connection, &frame) == AMQP_STATUS_OK, "a frame");
  } while (frame.frame_type != AMQP_FRAME_METHOD);
  return frame;
}

static void publish(amqp_connection_state_t connection, const char* key, const char* body) {
  expect(amqp_basic_publish(connection, 1, text("c"), text(key), 1, 0, NULL, text(body)) ==
             AMQP_STATUS_OK,
         "publish");
}

/* The message of a get, and whether it was redelivered. */
static amqp_message_t get(amqp_connection_state_t connection, uint64_t* tag, int* redelivered) {
  amqp_message_t message;
  amqp_rpc_reply_t reply = amqp_basic_get(connection, 1, text("c"), 0);
  expect(reply.reply_type == AMQP_RESPONSE_NORMAL && reply.reply.id == AMQP_BASIC_GET_OK_METHOD,
         "get");
  amqp_basic_get_ok_t* got = reply.reply.decoded;
  *tag = got->delivery_tag;
  *redelivered = got->redelivered;
  expect(amqp_read_message(connection, 1, &message, 0).reply_type == AMQP_RESPONSE_NORMAL,
         "message");
  return message;
}

static const amqp_field_value_t* field(const amqp_table_t* table, const char* name) {
  for (int i = 0; i < table->num_entries; ++i)
    if (same(table->entries[i].key, name)) return &table->entries[i].value;
  expect(0, name);
  return NULL;
}

static void topology(amqp_connection_state_t connection, amqp_bytes_t* dead) {
  amqp_table_entry_t entry = {
      .key = text("x-dead-letter-exchange"),
      .value = {.kind = AMQP_FIELD_KIND_UTF8, .value = {.bytes = text("c.dead")}}};
  amqp_table_t arguments = {.num_entries = 1, .entries = &entry};
  amqp_exchange_declare(connection, 1, text("c"), text("topic"), 0, 0, 0, 0, amqp_empty_table);
  amqp_exchange_declare(connection, 1, text("c.dead"), text("fanout"), 0, 0, 0, 0,
                        amqp_empty_table);
  amqp_queue_declare(connection, 1, text("c"), 0, 0, 0, 0, arguments);
  replied(connection, "queue.declare");
  amqp_queue_bind(connection, 1, text("c"), text("c"), text("a.#"), amqp_empty_table);
  amqp_queue_declare_ok_t* made =
      amqp_queue_declare(connection, 1, amqp_empty_bytes, 0, 0, 1, 0, amqp_empty_table);
  replied(connection, "the queue of the dead");
  *dead = amqp_bytes_malloc_dup(made->queue);
  amqp_queue_bind(connection, 1, *dead, text("c.dead"), text(""), amqp_empty_table);
  replied(connection, "queue.bind");
}

static void confirm_and_return(amqp_connection_state_t connection) {
  const char* bodies[] = {"one", "two", "three"};
  amqp_message_t lost;
  amqp_confirm_select(connection, 1);
  for (int i = 0; i < 3; ++i) publish(connection, "a.b", bodies[i]);
  uint64_t confirmed = 0;
  while (confirmed < 3) {
    amqp_frame_t frame = next_method(connection);
    expect(frame.payload.method.id == AMQP_BASIC_ACK_METHOD, "basic.ack");
    confirmed = ((amqp_basic_ack_t*)frame.payload.method.decoded)->delivery_tag;
  }
  printf("confirm %d\n", (int)confirmed);

  publish(connection, "nowhere", "lost");
  amqp_frame_t frame = next_method(connection);
  expect(frame.payload.method.id == AMQP_BASIC_RETURN_METHOD, "basic.return");
  printf("return %d\n", ((amqp_basic_return_t*)frame.payload.method.decoded)->reply_code);
  expect(amqp_read_message(connection, 1, &lost, 0).reply_type == AMQP_RESPONSE_NORMAL,
         "what came back");
  amqp_destroy_message(&lost);
  expect(next_method(connection).payload.method.id == AMQP_BASIC_ACK_METHOD, "its basic.ack");
}

static void redelivery_and_dead_letter(amqp_connection_state_t connection, amqp_bytes_t dead) {
  uint64_t tag;
  int redelivered;
  amqp_envelope_t buried;
  amqp_message_t message = get(connection, &tag, &redelivered);
  expect(!redelivered && same(message.body, "one"), "the first get");
  amqp_destroy_message(&message);
  amqp_basic_reject(connection, 1, tag, 1);
  message = get(connection, &tag, &redelivered);
  expect(redelivered && same(message.body, "one"), "the second get");
  printf("redelivery %.*s\n", (int)message.body.len, (const char*)message.body.bytes);
  amqp_destroy_message(&message);

  amqp_basic_reject(connection, 1, tag, 0);
  amqp_basic_consume(connection, 1, dead, text("dead"), 0, 1, 0, amqp_empty_table);
  replied(connection, "basic.consume");
  expect(amqp_consume_message(connection, &buried, NULL, 0).reply_type == AMQP_RESPONSE_NORMAL,
         "delivery");
  const amqp_field_value_t* deaths = field(&buried.message.properties.headers, "x-death");
  const amqp_table_t* death = &deaths->value.array.entries[0].value.table;
  amqp_bytes_t reason = field(death, "reason")->value.bytes;
  expect(same(field(death, "queue")->value.bytes, "c") && same(buried.message.body, "one"),
         "x-death");
  printf("dead-letter %.*s\n", (int)reason.len, (const char*)reason.bytes);
  amqp_destroy_envelope(&buried);
}

int main(int count, char** arguments) {
  expect(count == 3, "arguments: HOST PORT");
  const char* host = arguments[1];
  int port = atoi(arguments[2]);
  amqp_bytes_t dead;

  amqp_connection_state_t connection = open_connection(host, port);
  printf("connect\n");
  topology(connection, &dead);
  printf("topology\n");
  confirm_and_return(connection);
  redelivery_and_dead_letter(connection, dead);

  amqp_basic_consume(connection, 1, text("c"), text("doomed"), 0, 0, 0, amqp_empty_table);
  replied(connection, "basic.consume");
  amqp_connection_state_t other = open_connection(host, port);
  amqp_queue_delete(other, 1, text("c"), 0, 0);
  replied(other, "queue.delete");
  close_connection(other);
  while (next_method(connection).payload.method.id != AMQP_BASIC_CANCEL_METHOD) {
  }
  printf("cancel\n");

  amqp_channel_open(connection, 2);
  amqp_queue_declare(connection, 2, text("nowhere"), 1, 0, 0, 0, amqp_empty_table);
  amqp_rpc_reply_t reply = amqp_get_rpc_reply(connection);
  expect(reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION &&
             reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD,
         "channel.close");
  printf("close %d\n", ((amqp_channel_close_t*)reply.reply.decoded)->reply_code);
  amqp_channel_close_ok_t close_ok = {0};
  amqp_send_method(connection, 2, AMQP_CHANNEL_CLOSE_OK_METHOD, &close_ok);

  amqp_exchange_delete(connection, 1, text("c"), 0);
  amqp_exchange_delete(connection, 1, text("c.dead"), 0);
  replied(connection, "exchange.delete");
  close_connection(connection);
  return 0;
}
