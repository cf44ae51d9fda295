"""Form pieces that several sections use: dates, one language beside another, allowed lookups; no section."""
