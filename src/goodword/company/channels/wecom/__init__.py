"""WeCom's customer service (微信客服): its post says that there is something, and it is fetched from where we stopped."""
