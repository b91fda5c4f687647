"""Putting conclusions into words and exact strings: findings, advantages, limits, what is missing."""
