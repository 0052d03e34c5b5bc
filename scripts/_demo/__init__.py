"""The demo: Home Assistant with this integration and a simulated VoIP.ms."""
