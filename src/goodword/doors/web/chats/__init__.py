"""Live chats: who waits for a person since when, answered in place, and the card that comes up at intake."""
