"""Multivariable calculus, step by step."""
