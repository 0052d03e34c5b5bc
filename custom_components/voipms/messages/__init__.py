"""Messages on their way: received and delivered once each, and sent."""
