"""Who decides what people ask for: chains of steps, deputies, and nobody on their own behalf."""
