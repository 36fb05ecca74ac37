"""Orders and devices: lists, and a page of each with its cases, its customer and its QR code."""
