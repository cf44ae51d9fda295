"""What is erased when, how, and what outlives it: holds, tombstones, statistics. Changes no open case."""
