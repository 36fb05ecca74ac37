"""Taking down where a customer speaks: on delivery, at return, from a store's box, and from a shop's chat."""
