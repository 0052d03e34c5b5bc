"""The way of a message from an answer of VoIP.ms to whoever listens, once each."""
