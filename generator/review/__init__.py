"""The review gate as a pure function: facts, rules and an instant → a verdict."""
