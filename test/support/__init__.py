"""Helpers that every Python test of Playground shares: the server as a process, and a client for it."""
