"""QR codes to print: for orders, devices and stores."""
