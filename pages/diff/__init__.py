"""Pure functions over snapshots: compare, merge, match blocks, pair translations. They know no table."""
