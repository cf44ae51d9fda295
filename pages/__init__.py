"""The website: pages that staff edit and visitors read. It imports neither contact nor mestring."""
