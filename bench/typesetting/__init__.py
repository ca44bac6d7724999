"""How well lines are set: measured from the finished PDF, alike for every engine."""
