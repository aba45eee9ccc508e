"""Tests beside the code that they test. One of them fails: why?"""

import unittest


def median(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2]


class MedianTest(unittest.TestCase):
    def test_of_an_odd_number_of_values(self):
        self.assertEqual(median([3, 1, 2]), 2)

    def test_of_an_even_number_of_values(self):
        self.assertEqual(median([4, 1, 2, 3]), 2.5)


unittest.main(verbosity=2)
