"""What a person answers in their own words → times, option, intents. Deterministic: tables of words and a small grammar."""
