import datetime as dt
import unittest

from mainstay.durations import from_instant, to_instant, to_iso, to_seconds


class DurationsTest(unittest.TestCase):
    def test_to_iso(self):
        for given, iso in [(30, "PT30S"), (0.5, "PT0.5S"), (0, "PT0S"), (dt.timedelta(hours=1), "PT3600S"), ("P1D", "P1D")]:
            self.assertEqual(iso, to_iso(given))

    def test_to_seconds(self):
        for given, seconds in [("PT1M30S", 90), ("PT0.25S", 0.25), ("P1DT1H", 90_000), (5, 5), (dt.timedelta(minutes=1), 60)]:
            self.assertEqual(seconds, to_seconds(given))
        for bad in ("", "PT", "30", "P", "PT1X"):
            with self.assertRaises(ValueError):
                to_seconds(bad)

    def test_instants(self):
        time = dt.datetime(2026, 11, 28, 17, 0, 0, 123456, dt.timezone(dt.timedelta(hours=1)))
        self.assertEqual("2026-11-28T16:00:00.123Z", to_instant(time))
        self.assertEqual(time.replace(microsecond=123000), from_instant(to_instant(time)))
        with self.assertRaises(ValueError):
            to_instant(dt.datetime(2026, 11, 28))
