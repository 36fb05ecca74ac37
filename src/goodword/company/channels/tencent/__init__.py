"""What WeChat's official accounts and WeCom have in common: envelopes, signatures, XML, calls with a lent token, media."""
