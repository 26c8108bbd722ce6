import unittest

from mainstay import InvalidSignature, Webhook

# The example of Standard Webhooks.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
HEADERS = {
    "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "Webhook-Timestamp": "1614265330",
    "Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def webhook(secrets=SECRET, now=1614265330):
    return Webhook(secrets, now=lambda: now)


class WebhooksTest(unittest.TestCase):
    def test_a_true_signature_gives_the_id(self):
        self.assertEqual("msg_p5jXN8AQM9LWM0D4loKWxJek", webhook().verify(HEADERS, BODY))

    def test_one_of_several_secrets_and_signatures_is_enough(self):
        headers = {**HEADERS, "Webhook-Signature": "v1,AAAA v2,x v1a,x " + HEADERS["Webhook-Signature"]}
        webhook([OTHER, SECRET]).verify(headers, BODY)

    def test_what_is_not_signed_is_refused(self):
        for headers, body in [
            (HEADERS, BODY + b" "),
            ({**HEADERS, "Webhook-Id": "msg_x"}, BODY),
            ({**HEADERS, "Webhook-Timestamp": "1614265331"}, BODY),
            ({**HEADERS, "Webhook-Timestamp": "soon"}, BODY),
            ({**HEADERS, "Webhook-Timestamp": "²"}, BODY),
            ({**HEADERS, "Webhook-Signature": HEADERS["Webhook-Signature"][3:]}, BODY),
            ({**HEADERS, "Webhook-Signature": "v1,żółć"}, BODY),
            ({**HEADERS, "Webhook-Signature": ""}, BODY),
            ({}, BODY),
        ]:
            with self.assertRaises(InvalidSignature):
                webhook().verify(headers, body)
        with self.assertRaises(InvalidSignature):
            webhook(OTHER).verify(HEADERS, BODY)

    def test_too_old_or_from_the_future_is_refused(self):
        webhook(now=1614265330 + 299).verify(HEADERS, BODY)
        for now in (1614265330 + 301, 1614265330 - 301):
            with self.assertRaises(InvalidSignature):
                webhook(now=now).verify(HEADERS, BODY)

    def test_a_secret_is_checked_and_not_shown(self):
        for bad in ([], "secret", "whsec_", "whsec_!topsecret!"):
            with self.assertRaises(ValueError) as raised:
                webhook(bad)
            self.assertNotIn("topsecret", str(raised.exception))

    def test_ed25519_needs_a_package(self):
        try:
            import cryptography  # noqa: F401
        except ImportError:
            with self.assertRaises(NotImplementedError):
                webhook("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        else:
            webhook("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
