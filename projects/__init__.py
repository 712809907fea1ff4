"""What: projects, their goals, tasks, people, money and materials."""
