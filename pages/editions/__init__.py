"""A page through time: snapshot, publish, schedule, merge, restore, delete."""
