"""What browsers are told about every reply: nothing from outside, no frames, no guessing."""

from collections.abc import Sequence
from typing import Final

from flask import Flask, Response, request

_FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def content_policy(script_hashes: Sequence[str]) -> str:
    """The content security policy; the hashes are those of the scripts that Dash writes into its page."""
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src": "'self' 'unsafe-inline'",  # plotly sizes its drawings by inline styles
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def set_headers(server: Flask, script_hashes: Sequence[str], hsts_days: int = 0) -> None:
    """Put the headers on every reply; by https also, for how many days the browser shall come by nothing else."""
    policy = content_policy(script_hashes)

    @server.after_request
    def _set(reply: Response) -> Response:
        reply.headers.setdefault("Content-Security-Policy", policy)  # files that a browser runs bring a stricter one
        for name, value in _FIXED.items():
            reply.headers[name] = value
        if hsts_days and request.is_secure:  # of our own name alone: others below it are not ours to decide about
            reply.headers["Strict-Transport-Security"] = f"max-age={hsts_days * 86400}"
        return reply
