"""What people ask for, and who decides: leave, overtime, trips, corrections, rooms, other interview times."""
