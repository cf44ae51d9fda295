"""A provider of accounts on this machine: it signs with a key of its own, and lies as a test asks it to."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm

CLIENT = "the-site"
SLOWNESS = 0.05  # seconds between two signs of an answer that trickles


def a_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class SmallProvider:
    """Serves its description, its keys and its tokens. `claims` are what its next token holds beside the usual."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"provider": self}))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/tenant"
        self.key, self.kid, self.asked, self.ended = a_key(), "k1", [], []
        self.claims, self.header, self.description = {}, {}, {}
        self.signs_with, self.algorithm, self.status, self.trickles = None, "ES256", 200, False
        self.whole_token, self.answer = "", ""  # said in the place of a token; of everything
        self.codes: dict[str, dict[str, str]] = {}
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def log_in(self, address: str) -> str:
        """Play the browser and the person at the provider: return the query with which it sends back."""
        question = dict(parse_qsl(urlsplit(address).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = question
        return f"code={code}&state={question['state']}"

    def described(self) -> dict:
        at = self.issuer
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/keys",
            "end_session_endpoint": f"{at}/out",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        } | self.description

    def keys(self) -> dict:
        public = json.loads(ECAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": self.kid, "use": "sig", "alg": "ES256"}]}

    def token(self, form: dict[str, str]) -> tuple[int, dict]:
        question = self.codes.pop(form.get("code", ""), None)
        challenge = base64url(sha256(form.get("code_verifier", "").encode()).digest())
        if question is None or challenge != question["code_challenge"] or form["client_secret"] != "s3cret":
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "subject-of-astrid",
            "nonce": question["nonce"],
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        headers = {"kid": self.kid} | self.header
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.signed(claims, headers)}

    def signed(self, claims: dict, headers: dict) -> str:
        if self.whole_token:
            return self.whole_token
        if self.algorithm == "ES256":
            return jwt.encode(claims, self.signs_with or self.key, algorithm="ES256", headers=headers)
        # Written out by hand: no library signs like this.
        parts = [headers | {"alg": self.algorithm, "typ": "JWT"}, claims]
        text = ".".join(base64url(json.dumps(part).encode()) for part in parts)
        known = self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        mac = hmac.new(known, text.encode(), sha256).digest() if self.algorithm == "HS256" else b""
        return f"{text}.{base64url(mac)}"


class _Answers(BaseHTTPRequestHandler):
    provider: SmallProvider

    def do_GET(self) -> None:
        self.provider.asked.append(self.path)
        if self.path.endswith("/keys"):
            return self._answer(200, self.provider.keys())
        return self._answer(self.provider.status, self.provider.described())

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(*self.provider.token({name: values[0] for name, values in parse_qs(body).items()}))

    def _answer(self, status: int, said: dict) -> None:
        body = (self.provider.answer or json.dumps(said)).encode()
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", f"{self.provider.issuer}/keys")
        self.end_headers()
        step = 1 if self.provider.trickles else len(body)
        for at in range(0, len(body), step):
            try:
                self.wfile.write(body[at : at + step])
            except OSError:
                return  # the site has cut it
            time.sleep(SLOWNESS if self.provider.trickles else 0)
        self.provider.ended.append(self.path)

    def log_message(self, *args: object) -> None:
        pass
