"""The launch list, its evidence, and the gate."""
