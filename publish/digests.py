"""Digests of nothing secret by Python's own code: OpenSSL, which `hashlib` loads, takes 4 MB and 5 ms."""

try:
    from _blake2 import blake2b
    from _sha1 import sha1  # type: ignore[import-not-found]
except ImportError:
    from hashlib import blake2b, sha1
__all__ = ["blake2b", "sha1"]
