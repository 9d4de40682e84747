"""A finished PDF, of whatever program, held against what a store asks; see `publish.stores`."""

from publish.preflight.rules import Fault, Preflight, preflight

__all__ = ["Fault", "Preflight", "preflight"]
