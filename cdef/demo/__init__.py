"""The demonstration: an invented cast in every state, and one-click ways in. Never part of a real app."""
