"""A Home Assistant to look at: this integration, signed in to a simulated VoIP.ms."""
