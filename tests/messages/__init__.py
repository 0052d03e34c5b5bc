"""The tests of messages: received, sent, and told by VoIP.ms."""
