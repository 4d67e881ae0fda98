# Bundler would fetch gems; Debian's are there already, and what else bunny's specs require but
# do not use without RabbitMQ's management API is given here as nothing.
module Bundler
  def self.require(*) = nil
end
$LOADED_FEATURES << "bundler.rb" << "rabbitmq/http/client.rb" << "toxiproxy.rb"
require "sorted_set"

module RabbitMQ
  module HTTP
    # Says nothing of any connection.
    class Client
      def initialize(*) = nil
      def method_missing(*) = []
      def respond_to_missing?(*) = true
    end
  end
end
