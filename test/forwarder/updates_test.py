"""Tests of updates.py: whose turn it is, and what runs files that were replaced."""

import datetime
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.environ["PLR_FORWARDER"])
import updates

UTC = datetime.timezone.utc
WINDOW = {"start": "23:00", "hours": 4}


class Turns(unittest.TestCase):
    def test_machines_made_together_never_share_a_part(self):
        for hours in (1, 2, 4, 8, 24):
            count = updates.parts(hours)
            for day in range(count * 2):
                parts = [updates.part(number, day, count) for number in range(count)]
                self.assertEqual(sorted(parts), list(range(count)), (hours, day))

    def test_any_two_machines_share_a_part_on_one_day_of_the_cycle_at_most(self):
        count = updates.parts(2)
        for one, other in itertools.combinations(range(count * count), 2):
            shared = sum(updates.part(one, day, count) == updates.part(other, day, count) for day in range(count))
            self.assertLessEqual(shared, 1, (one, other))

    def test_the_last_turn_ends_with_the_window_and_the_first_leaves_time_to_install(self):
        for hours in (1, 2, 3, 4, 12, 24):
            window = {"start": "00:00", "hours": hours}
            begin = datetime.datetime(2026, 11, 29, tzinfo=UTC)
            turns = [updates.turn_of(window, begin, number) for number in range(updates.parts(hours))]
            part = datetime.timedelta(minutes=updates.PART)
            self.assertEqual(min(turns), begin + part)
            self.assertLessEqual(max(turns) + part, begin + datetime.timedelta(hours=hours))
            self.assertEqual(len(set(turns)), len(turns))

    def test_a_turn_has_room_for_what_it_does(self):
        self.assertLess(updates.NOTICE + updates.SESSIONS_END_WITHIN + 2 * updates.READY_WITHIN, updates.PART * 60)

    def test_the_number_is_the_end_of_the_name(self):
        self.assertEqual(updates.machine_number("plr-analytics-p1-00000A"), 10)
        self.assertEqual(updates.machine_number("plr000010"), 36)
        self.assertEqual(updates.machine_number("plr_"), 0)


class Windows(unittest.TestCase):
    def at(self, day, hour, minute=0):
        return updates.begin_of(WINDOW, datetime.datetime(2026, 11, day, hour, minute, tzinfo=UTC))

    def test_a_window_over_midnight_is_one(self):
        begin = datetime.datetime(2026, 11, 28, 23, tzinfo=UTC)
        self.assertEqual(self.at(28, 23), begin)
        self.assertEqual(self.at(29, 2, 59), begin)
        self.assertIsNone(self.at(29, 3))
        self.assertIsNone(self.at(28, 22, 59))

    def test_all_its_hours_have_the_turns_of_the_day_on_which_it_began(self):
        begin = self.at(29, 1)
        self.assertEqual(updates.turn_of(WINDOW, begin, 7), updates.turn_of(WINDOW, self.at(28, 23, 30), 7))


class Replaced(unittest.TestCase):
    def test_a_process_whose_program_was_replaced_is_seen(self):
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "cat")
            shutil.copy(shutil.which("cat"), program)
            with subprocess.Popen([program], stdin=subprocess.PIPE) as process:
                self.assertFalse(updates.runs_replaced_files(process.pid))
                shutil.copy(program, program + ".new")
                os.replace(program + ".new", program)
                self.assertTrue(updates.runs_replaced_files(process.pid))
                process.stdin.close()

    def test_this_process_runs_what_is_installed(self):
        self.assertFalse(updates.runs_replaced_files(os.getpid()))

    def test_a_process_that_ended_is_none(self):
        self.assertFalse(updates.runs_replaced_files(2**22 + 1))


if __name__ == "__main__":
    unittest.main()
