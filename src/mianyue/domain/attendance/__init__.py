"""When people are at work: shifts, rosters, leave, overtime, day kinds, accounts."""
