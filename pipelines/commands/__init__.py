"""Groups of commands, and what every command asks first: whose home, who acts, and when."""
