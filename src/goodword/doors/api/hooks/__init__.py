"""Addresses other companies' machines call: no token of ours, their own signature (docs/packages/hotline.md)."""
