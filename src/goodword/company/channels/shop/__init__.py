"""Chats of e-commerce shops: no platform opens them to other programs, so a colleague pastes what was said."""
