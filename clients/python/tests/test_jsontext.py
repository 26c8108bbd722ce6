import math
import unittest
from decimal import Decimal

from mainstay import jsontext


class JsonTextTest(unittest.TestCase):
    def test_integers_keep_every_digit(self):
        for text in (b"9007199254740993", b"-9007199254740993", b"123456789012345678901234567890"):
            self.assertEqual(text, jsontext.dumps(jsontext.loads(text)))

    def test_decimals_keep_every_digit(self):
        for text in (b"0.1000000000000000055511151231257827", b"1.50", b"1E-30", b"-0.0", b"1E+400"):
            self.assertEqual(b'{"n":[%b]}' % text, jsontext.dumps(jsontext.loads(b'{"n":[%b]}' % text, decimals=True)))

    def test_without_decimals_they_are_floats(self):
        self.assertEqual(1.5, jsontext.loads("1.50"))
        self.assertIsInstance(jsontext.loads("1.50"), float)

    def test_text_survives(self):
        for text in ("żółć 日本語 🚀 \u2028 \" \\ \n \x01 </script>", "\ud83d", "a\udc00b"):
            self.assertEqual(text, jsontext.loads(jsontext.dumps({"t": text, "n": Decimal(1)}))["t"])

    def test_text_that_looks_like_a_decimal_stays_text(self):
        value = {"a": "1.5", "b": Decimal("1.5"), "c": 'x"1.5"'}
        self.assertEqual({**value, "b": 1.5}, jsontext.loads(jsontext.dumps(value)))

    def test_what_is_no_json_is_refused(self):
        for value in (math.nan, math.inf, Decimal("NaN"), [Decimal("-Infinity")]):
            with self.assertRaises(ValueError):
                jsontext.dumps(value)
        for value in (object(), [b"x"], {"a": {1, 2}}, [Decimal(1), object()]):
            with self.assertRaises(TypeError):
                jsontext.dumps(value)

    def test_a_number_that_python_refuses_to_convert_can_be_read(self):
        digits = "9" * 10_000
        self.assertEqual(digits.encode(), jsontext.dumps(jsontext.loads(digits)))

    def test_broken_json_is_an_error(self):
        with self.assertRaises(ValueError):
            jsontext.loads("{")
