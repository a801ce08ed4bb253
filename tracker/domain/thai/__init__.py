"""Thai facts: numerals, Buddhist-era dates and the phrases in which plans state a time."""
